/** The rule book of a process: the store's versions of packs, stocked with the shipped ones, and the shipped calendars. */
import type { Db } from '../db/database.ts';
import { stockPacks } from '../db/packs.ts';
import { storedRules, type RuleBook } from '../desk/index.ts';
import type { CalendarDays } from '../domain/calendar.ts';
import type { Pack } from '../domain/pack.ts';
import { listPacks, loadCalendar, loadPack } from '../packs/load.ts';
import { PackError } from '../packs/problem.ts';

/** @param onRefused told, in a sentence, why a pack of this release was not taken in */
export function ruleBook(db: Db, onRefused: (why: string) => void = () => undefined): RuleBook {
  const calendars = new Map<string, CalendarDays>();
  const calendarOf = (id: string): CalendarDays => {
    const found = calendars.get(id) ?? loadCalendar(id);
    calendars.set(id, found);
    return found;
  };
  return storedRules({ db, stock: () => stockShipped(db, onRefused), calendarOf });
}

/** Puts in the shipped packs, as any number of processes may. One that is not in order keeps nobody from working by the others. */
export async function stockShipped(db: Db, onRefused: (why: string) => void): Promise<void> {
  const packs: Pack[] = listPacks().flatMap((id) => {
    try {
      return [loadPack(id)];
    } catch (error) {
      if (!(error instanceof PackError)) throw error;
      onRefused(`The pack ${id} of this release cannot be read: ${error.message}`);
      return [];
    }
  });
  for (const why of await stockPacks(db, packs)) onRefused(why);
}
