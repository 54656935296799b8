/** The rule book of a process: the store's versions of packs and calendars, stocked with the shipped ones. */
import type { Db } from '../db/database.ts';
import { stockCalendars } from '../db/calendars.ts';
import { stockPacks } from '../db/packs.ts';
import { storedRules, type RuleBook } from '../desk/index.ts';
import type { Pack } from '../domain/pack.ts';
import { listCalendars, listPacks, loadCalendar, loadPack } from '../packs/load.ts';
import { PackError } from '../packs/problem.ts';

/** @param onRefused told, in a sentence, why a pack or calendar of this release was not taken in */
export function ruleBook(db: Db, onRefused: (why: string) => void = () => undefined): RuleBook {
  return storedRules({ db, stock: () => stockShipped(db, onRefused) });
}

/** Puts in the shipped packs and calendars, as any number of processes may. One that is not in order keeps nobody from working by the others. */
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
  const refused = [...(await stockPacks(db, packs)), ...(await stockCalendars(db, listCalendars().map(loadCalendar)))];
  for (const why of refused) onRefused(why);
}
