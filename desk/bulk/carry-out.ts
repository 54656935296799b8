/**
 * A bulk change page by page. Repeating a page is harmless: cases that are done are left alone, keys are the job's own. Whether it is
 * confirmed the store says before every page: a signal, which anybody can send who reaches the engine, only wakes.
 */
import { ApplicationFailure } from '@temporalio/common';
import { byClock, goOn, insertItems, setStatus, settleItem, type ItemStatus } from '../../db/bulk.ts';
import type { Db } from '../../db/database.ts';
import { changesBy, countsOf, itemsOf, jobById, openCases, type BulkJob } from '../../db/read/bulk.ts';
import { SYSTEM } from '../../domain/case/rebase-form.ts';
import type { BulkPorts, Page, PageDone } from '../../workflows/kit/ports.ts';
import { ownKey } from '../own-key.ts';
import { storedRules, type RuleBook } from '../rule-book.ts';
import { FormError, KeyReused, NotFound, type Desk, type SubmitCommand } from '../types.ts';
import { foresee, type Foreseen } from './foresee.ts';

export interface BulkDeps {
  readonly db: Db;
  readonly desk: () => Pick<Desk, 'submit'>;
  readonly rules?: RuleBook;
  readonly clock?: () => number;
  /** Called after each case and before each page: the activity's heartbeat. */
  readonly beat?: () => void;
  readonly pageSize?: number;
}

/** Cases a page; cases of one page under way at the same time. */
const PAGE = 100;
const AT_ONCE = 8;

export const keyOf = (job: string, number: string): string => ownKey('bulk', job, number);

export function bulkPorts({
  db,
  desk,
  rules = storedRules({ db, stock: async () => undefined }),
  clock = Date.now,
  beat = () => undefined,
  pageSize = PAGE,
}: BulkDeps): BulkPorts {
  async function job(id: string): Promise<BulkJob> {
    const found = await jobById(db, id);
    if (found === undefined) throw new NotFound(`no bulk change ${id}`);
    return found;
  }

  async function previewPage({ job: id, after }: Page): Promise<PageDone> {
    const of = await job(id);
    if (after === '') await setStatus(db, id, ['asked'], 'previewing');
    const states = await openCases(db, selectionOf(of), after, pageSize);
    const foreseen = await nextOf(rules, of, clock());
    const items = [];
    for (const state of states) items.push(await foresee(db, rules, state, foreseen));
    await insertItems(db, id, items);
    beat();
    return pageOf(
      states.map(({ number }) => number),
      pageSize,
      0,
    );
  }

  async function previewed(id: string): Promise<boolean> {
    await setStatus(db, id, ['asked', 'previewing'], 'previewed');
    return (await job(id)).confirmed;
  }

  async function changePage({ job: id, after }: Page): Promise<PageDone> {
    const of = await job(id);
    if (!(await goOn(db, id))) throw ApplicationFailure.nonRetryable(`bulk change ${id} is not confirmed`, 'not-confirmed');
    const items = await itemsOf(db, id, { after, limit: pageSize, status: 'due' });
    const numbers = items.map(({ case_number }) => case_number);
    const waiting = [...numbers];
    const one = async (): Promise<void> => {
      for (let number = waiting.shift(); number !== undefined; number = waiting.shift()) {
        await change(of, number);
        beat();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
    const last = numbers.length === pageSize;
    return pageOf(numbers, pageSize, last ? 0 : (await countsOf(db, id)).due);
  }

  async function change(of: BulkJob, number: string): Promise<void> {
    const settled = await said(of, number);
    if (settled !== undefined) await settleItem(db, of.id, number, settled);
  }

  /** Undefined: received and not decided; the next round asks again by the same key. */
  async function said(of: BulkJob, number: string): Promise<Parameters<typeof settleItem>[3] | undefined> {
    try {
      const reply = await desk().submit(commandOf(of, number));
      if (reply.status === 'received') return undefined;
      if (reply.status === 'refused')
        return reply.code === 'too-many-in-flight' ? undefined : { status: statusOf(reply.code), code: reply.code, changes: [] };
      const changes = byClock(await changesBy(db, number, keyOf(of.id, number)));
      return { status: changes.length > 0 ? 'changed' : 'unchanged', changes };
    } catch (error) {
      if (error instanceof FormError) return { status: 'refused', code: error.problems[0]?.code ?? 'bad-facts', changes: [] };
      if (error instanceof NotFound) return { status: 'refused', code: 'case-not-found', changes: [] };
      if (error instanceof KeyReused) return { status: 'refused', code: 'key-reused', changes: [] };
      throw error;
    }
  }

  return {
    previewPage,
    previewed,
    changePage,
    finished: async ({ job: id, as }) => setStatus(db, id, ['asked', 'previewing', 'previewed', 'confirmed', 'running'], as),
  };
}

/** Closed in between is no fault; by newer rules already is what was wanted. */
function statusOf(code: string): ItemStatus {
  if (code === 'case-closed') return 'skipped';
  return code === 'not-newer' ? 'unchanged' : 'refused';
}

function pageOf(numbers: readonly string[], size: number, open: number): PageDone {
  const last = numbers.length === size ? numbers.at(-1) : undefined;
  return { open, ...(last === undefined ? {} : { last }) };
}

function selectionOf({ kind, pack_id, calendar_id }: BulkJob) {
  return kind === 'calendar' ? { calendar: calendar_id ?? '' } : { pack: pack_id ?? '' };
}

async function nextOf(
  rules: RuleBook,
  { kind, pack_id, to_version, calendar_id, calendar_version, asked_at }: BulkJob,
  at: number,
): Promise<Foreseen> {
  const calendar =
    calendar_id === null || calendar_version === null ? {} : { calendar: await rules.calendar(calendar_id, calendar_version) };
  if (kind === 'calendar') return { next: calendar, scope: 'provisional', at };
  const pack = await rules.approved(pack_id ?? '', to_version ?? '', Math.max(at, asked_at.getTime()));
  return { next: { rules: pack.rules, ...calendar }, scope: 'all', at };
}

function commandOf(of: BulkJob, number: string): SubmitCommand {
  const { id, kind, person, roles, to_version, calendar_version, reason } = of;
  const key = keyOf(id, number);
  if (kind === 'calendar')
    return {
      key,
      number,
      who: { person: 'system', roles: [SYSTEM] },
      step: 'calendar',
      form: { calendarVersion: calendar_version, job: id },
    };
  return {
    key,
    number,
    who: { person, roles },
    step: 'rebase',
    form: { toVersion: to_version, reason, ...(calendar_version === null ? {} : { calendarVersion: calendar_version }) },
  };
}
