/** The pack to be tried, and the calendar that goes with it. */
import type { Db } from '../db/database.ts';
import { activeHash, packByHash, packByVersion } from '../db/read/packs.ts';
import type { Pack } from '../domain/pack.ts';
import type { Rulebook } from '../domain/what-if/rejudge.ts';
import { calendarWith, readCalendarFile } from '../packs/calendar-file.ts';
import { loadCalendar, loadPack, loadPackFile } from '../packs/load.ts';
import { PackError } from '../packs/problem.ts';
import { withSettings, type Settings } from '../packs/settings.ts';

export interface Candidate extends Rulebook {
  readonly pack: Pack;
}

export interface Asked {
  /** A `pack.yaml`, the id of a pack, or `id@version`. */
  readonly pack: string;
  /** `name=value`, as in a scenario's settings: `limits.survey.n=2`. */
  readonly set?: readonly string[];
  /** A calendar file, or years that are added to the pack's own calendar. */
  readonly calendar?: string | undefined;
}

/**
 * What files and settings say is read at once, so that what is wrong there is told before a store is looked for. A name is
 * looked up in the store first: by id the version in force, by version also one that is only proposed; then among the shipped
 * packs. @throws PackError with place and remedy
 */
export function candidateOf({ pack: name, set = [], calendar: path }: Asked): (db: Db) => Promise<Candidate> {
  const settings = settingsOf(set);
  const given = path === undefined ? undefined : readCalendarFile(path);
  const complete = (from: Pack): Candidate => {
    const pack = withSettings(from, settings);
    const calendar = loadCalendar(pack.calendarId);
    return { pack, rules: pack.rules, calendar: given === undefined ? calendar : calendarWith(calendar, given) };
  };
  if (!/\.ya?ml$/.test(name)) return async (db) => complete(await namedPack(db, name));
  const candidate = complete(loadPackFile(name));
  return async () => candidate;
}

async function namedPack(db: Db, name: string): Promise<Pack> {
  const [id = '', version] = name.split('@');
  if (version === undefined) {
    const hash = await activeHash(db, id, Date.now());
    return (hash === undefined ? undefined : await packByHash(db, hash)) ?? loadPack(id);
  }
  const stored = await packByVersion(db, id, version);
  if (stored !== undefined) return stored;
  const shipped = loadPack(id);
  if (shipped.version === version) return shipped;
  throw new PackError([
    {
      file: `--pack ${name}`,
      path: '',
      wrong: `there is no version ${version} of ${id} here`,
      right: `${id}@${shipped.version}, or the file of that version`,
    },
  ]);
}

function settingsOf(set: readonly string[]): Settings {
  return Object.fromEntries(
    set.map((text) => {
      const [, name, value] = /^([^=\s]+)=(.+)$/.exec(text.trim()) ?? [];
      if (name === undefined || value === undefined)
        throw new PackError([{ file: '--set', path: text, wrong: 'is no setting', right: 'name=value, such as limits.survey.n=2' }]);
      return [name, readValue(value)];
    }),
  );
}

function readValue(value: string): string | number | boolean {
  if (value === 'true' || value === 'false') return value === 'true';
  return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}
