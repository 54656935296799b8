/** The command to re-base all open cases of a pack, whoever gives it: by HTTP or at a terminal. */
import { rebasers } from '../../domain/case/rebase-form.ts';
import type { RoleId } from '../../domain/pack.ts';
import type { Instant } from '../../domain/time.ts';
import type { RuleBook } from '../rule-book.ts';
import type { BulkDoor } from '../types.ts';

type AskedJob = Parameters<BulkDoor['ask']>[0];

export interface RebaseAsked {
  /** Of the job. */
  readonly id: string;
  readonly pack: string;
  /** Absent: the version in force. */
  readonly toVersion?: string | undefined;
  /** Also this version of the pack's calendar. */
  readonly calendarVersion?: string | undefined;
  readonly reason: string;
  readonly person: string;
  readonly roles: readonly RoleId[];
  readonly at: Instant;
}

/** The job as the desk takes it, and who may command it. @throws NotFound, NotActive when there is no such version */
export async function rebaseJob(
  rules: RuleBook,
  { pack, toVersion, calendarVersion, at, ...rest }: RebaseAsked,
): Promise<{ job: AskedJob; by: readonly RoleId[]; allowed: boolean }> {
  const target = toVersion === undefined ? (await rules.active(pack, at)).pack : await rules.approved(pack, toVersion, at);
  if (calendarVersion !== undefined) await rules.calendar(target.calendarId, calendarVersion);
  const calendar = calendarVersion === undefined ? {} : { calendar: { id: target.calendarId, version: calendarVersion } };
  const by = rebasers(target.rules, 'rebase');
  const job = { ...rest, ...calendar, kind: 'rebase' as const, pack, toVersion: target.version, confirmed: false, at };
  return { job, by, allowed: by.some((role) => rest.roles.includes(role)) };
}
