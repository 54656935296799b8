/** Rules and calendar of a case: those it was opened with, whatever the pack says today. */
import type { Db } from '../../db/database.ts';
import { openingKeyOf } from '../../db/read/events.ts';
import { openedWith } from '../../db/read/inbox.ts';
import type { CalendarDays } from '../../domain/calendar.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { PackRules } from '../../domain/pack.ts';
import type { RuleBook } from '../../desk/index.ts';
import { pinnedPack } from './pack.ts';

/** From the inbox row of the opening; for a case opened past the desk from its version of the pack. */
export async function rulesOf(db: Db, book: RuleBook, state: CaseState): Promise<{ rules: PackRules; calendar: CalendarDays } | undefined> {
  const key = await openingKeyOf(db, state.number);
  const kept = key === undefined ? undefined : await openedWith(db, key);
  if (kept !== undefined) return kept;
  const pack = await pinnedPack(book, state.pack.hash);
  if (pack === undefined) return undefined;
  const { calendar } = await book.active(pack.id, state.openedAt);
  return calendar.id === pack.calendarId ? { rules: pack.rules, calendar } : undefined;
}
