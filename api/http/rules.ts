/** Rules and calendar of a case: those it was opened with, whatever the pack says today. */
import type { Db } from '../../db/database.ts';
import { openingKeyOf } from '../../db/read/events.ts';
import { openedWith } from '../../db/read/inbox.ts';
import type { CalendarDays } from '../../domain/calendar.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { PackRules } from '../../domain/pack.ts';
import type { PackSource } from '../deps.ts';

/** From the inbox row of the opening; for a case opened past the desk the shipped pack, if it is still the same. */
export async function rulesOf(
  db: Db,
  packs: PackSource,
  state: CaseState,
): Promise<{ rules: PackRules; calendar: CalendarDays } | undefined> {
  const key = await openingKeyOf(db, state.number);
  const kept = key === undefined ? undefined : await openedWith(db, key);
  if (kept !== undefined) return kept;
  const shipped = packs.find(state.pack.id);
  return shipped?.pack.hash === state.pack.hash ? { rules: shipped.pack.rules, calendar: shipped.calendar } : undefined;
}
