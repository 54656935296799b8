/** What a case went by, from its opening on: its own version of pack and calendar, and those of every re-base since. */
import type { Db } from '../../db/database.ts';
import { underOf, type RuleBook } from '../../desk/index.ts';
import type { AnyEvent } from '../../domain/case/event.ts';
import type { Under } from '../../domain/case/rebase.ts';

/** Rules and calendar in force for the case at an event. */
export type ByThen = (seq: number) => Under | undefined;

/** Undefined: what the case went by at its opening is known no more. */
export async function rulesSince(db: Db, book: RuleBook, number: string, events: readonly AnyEvent[]): Promise<ByThen | undefined> {
  const opened = events.find((event) => event.kind === 'opened');
  if (opened?.kind !== 'opened') return undefined;
  let by = { pack: opened.data.pack, calendar: opened.data.calendar };
  const since = [{ seq: 0, under: await underOf(db, book, number, by) }];
  for (const event of events) {
    if (event.kind !== 'rebased') continue;
    by = { pack: event.data.pack ?? by.pack, calendar: event.data.calendar ?? by.calendar };
    since.push({ seq: event.seq, under: await underOf(db, book, number, by) });
  }
  return since[0]?.under === undefined ? undefined : (seq) => since.findLast((one) => one.seq <= seq)?.under;
}
