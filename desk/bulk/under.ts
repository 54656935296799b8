/** What an open case goes by now: its rules and its calendar. */
import type { Db } from '../../db/database.ts';
import { openingKeyOf } from '../../db/read/events.ts';
import { openedWith } from '../../db/read/inbox.ts';
import type { Under } from '../../domain/case/rebase.ts';
import type { CalendarRef, PackRef } from '../../domain/case/event.ts';
import type { RuleBook } from '../rule-book.ts';
import { NotFound } from '../types.ts';

/** What a case went by when it went by these versions; undefined when neither the store nor its opening holds them. */
export async function underOf(
  db: Db,
  rules: Pick<RuleBook, 'pinned' | 'calendar'>,
  number: string,
  by: { readonly pack: PackRef; readonly calendar: CalendarRef },
): Promise<Under | undefined> {
  const pack = await found(rules.pinned(by.pack.hash));
  const calendar = await found(rules.calendar(by.calendar.id, by.calendar.version));
  if (pack !== undefined && calendar !== undefined) return { rules: pack.rules, calendar };
  const key = await openingKeyOf(db, number);
  const opened = key === undefined ? undefined : await openedWith(db, key);
  const under = { rules: pack?.rules ?? opened?.rules, calendar: calendar ?? opened?.calendar };
  if (under.rules?.hash !== by.pack.hash || under.calendar?.version !== by.calendar.version) return undefined;
  return { rules: under.rules, calendar: under.calendar };
}

async function found<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}
