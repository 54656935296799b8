/** From a file and its mapping to a plan: everything that can be known before anything is sent. */
import type { Pack } from '../domain/pack.ts';
import { loadCalendar } from '../packs/load.ts';
import { loadMapping } from './mapping/load.ts';
import { readRegister } from './read/register.ts';
import { planImport, type Plan } from './tell/plan.ts';

export interface PrepareOptions {
  /** A file, or the name of a shipped mapping. */
  readonly mapping: string;
  /** Instead of the mapping's own. */
  readonly shiftWeeks?: number | undefined;
  readonly limit?: number | undefined;
}

export interface Prepared {
  readonly plan: Plan;
  readonly pack: Pack;
}

/** @param key gives persons their pseudonyms @throws FileProblem or PackError with what would be right */
export async function prepare(file: string, { mapping: name, shiftWeeks, limit }: PrepareOptions, key: Uint8Array): Promise<Prepared> {
  const { mapping: read, pack, requireColumns } = loadMapping(name);
  const mapping = shiftWeeks === undefined ? read : { ...read, shiftWeeks };
  const register = await readRegister(file, mapping.file);
  requireColumns(register.columns);
  const plan = planImport(register, { mapping, pack }, { now: Date.now(), key, calendar: loadCalendar(pack.calendarId), limit });
  return { plan, pack };
}
