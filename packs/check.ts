/** All that can be said against a pack, and what its readers should know of it. */
import type { Pack } from '../domain/pack.ts';
import { listPacks, loadCalendar, loadPack, loadPackFile } from './load.ts';
import { PackError, type PlacedProblem } from './problem.ts';
import { checkProcedures } from './procedure-check.ts';

export interface PackFindings {
  /** The name it was asked for by. */
  readonly pack: string;
  readonly ok: boolean;
  readonly version: string | null;
  readonly hash: string | null;
  readonly problems: readonly PlacedProblem[];
  readonly notes: readonly string[];
}

/** By id of a shipped pack, `id@version`, or the path of a `.yaml` file. Throws PackError. */
export function openPack(name: string): Pack {
  if (/\.ya?ml$/.test(name)) return loadPackFile(name);
  const [id = '', version] = name.split('@');
  const pack = loadPack(id);
  if (version === undefined || version === pack.version) return pack;
  throw new PackError([
    {
      file: 'packs',
      path: '',
      wrong: `${id} ships as ${pack.version}, not ${version}`,
      right: `${id}@${pack.version}, or the file of that version`,
    },
  ]);
}

export function checkPack(name: string): PackFindings {
  try {
    const pack = openPack(name);
    loadCalendar(pack.calendarId);
    const { problems, notes } = checkProcedures(pack, name);
    return { pack: name, ok: problems.length === 0, version: pack.version, hash: pack.hash, problems, notes };
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    return { pack: name, ok: false, version: null, hash: null, problems: error.problems, notes: [] };
  }
}

/** One shipped pack takes what names none. */
export function checkDefault(): PlacedProblem[] {
  const taking = listPacks().filter((id) => loadPack(id).default);
  if (taking.length === 1) return [];
  const wrong = taking.length === 0 ? 'no pack is the default' : `${taking.join(' and ')} are the default`;
  return [{ file: 'packs', path: 'default', wrong, right: 'default: true in exactly one pack' }];
}
