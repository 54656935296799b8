/** Inserts what is missing and carries what is open. Overwrites nothing: what differs is for operators. */
import { restoreRows } from '../db/restore.ts';
import { carryCase, recordVouched, type Told } from '../desk/index.ts';
import type { Difference, DifferenceKind } from './difference.ts';
import type { Reconciler } from './reconcile.ts';

const has = (differences: readonly Difference[], ...kinds: DifferenceKind[]): boolean => differences.some((d) => kinds.includes(d.kind));

/** @returns why something could not be repaired, if so; the comparison afterwards says what is left */
export async function repairCase(at: Reconciler, number: string, told: Told | undefined, found: readonly Difference[]): Promise<string[]> {
  const { db } = at;
  const failures: string[] = [];
  const attempt = (work: () => Promise<unknown>): Promise<unknown> => work().catch((error: Error) => failures.push(error.message));
  if (told !== undefined && has(found, 'event-missing', 'outcome-missing')) {
    await attempt(() => recordVouched(at, { number, events: told.events, outcomes: told.outcomes }));
  }
  if (has(found, 'task-missing', 'clock-missing', 'outbox-missing')) await attempt(() => restoreRows(db, number));
  if (has(found, 'inbox-open')) await attempt(() => carryCase(at, number));
  return failures;
}
