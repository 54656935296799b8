/** Which rules hold when: the pack and calendar of the story, and what comes into force during it. */
import { dirname, join } from 'node:path';
import { checkCalendar } from '../../domain/calendar-check.ts';
import type { CalendarDays } from '../../domain/calendar.ts';
import type { Pack } from '../../domain/pack.ts';
import { parseBeijing } from '../../domain/time.ts';
import { seal, unseal } from '../../packs/build.ts';
import { loadPackFile } from '../../packs/load.ts';
import { PackError, type Problem } from '../../packs/problem.ts';
import { withSettings, type Settings } from '../../packs/settings.ts';
import type { Version } from '../story.ts';
import type { RawStep } from './schema.ts';
import type { Item } from './variants.ts';

/** In the order of their instants; what is wrong is reported at its step and left out. */
export function readVersions(file: string, items: readonly Item[], first: Version, problems: Problem[]): Version[] {
  const versions = [first];
  const changes = items.filter(({ step }) => step?.activatePack !== undefined || step?.loadCalendar !== undefined);
  for (const { step, at, path } of changes.toSorted((a, b) => parseBeijing(a.at) - parseBeijing(b.at))) {
    const before = versions.at(-1) ?? first;
    const from = parseBeijing(at);
    if (step?.loadCalendar !== undefined)
      versions.push({ ...before, from, calendar: withYear(before.calendar, step.loadCalendar, [...path, 'loadCalendar'], problems) });
    if (step?.activatePack === undefined) continue;
    const pack = readPack(file, before.pack, step.activatePack, [...path, 'activatePack'], problems);
    if (pack === undefined) continue;
    const taken = versions.some((one) => one.pack.version === pack.version && one.pack.hash !== pack.hash);
    if (taken) problems.push({ path: [...path, 'activatePack', 'version'], ...takenBy(pack) });
    else versions.push({ ...before, from, pack });
  }
  return versions;
}

/** As the store refuses it: a version says one thing for good. */
const takenBy = ({ id, version }: Pack) => ({
  wrong: `is ${version}, but ${id} ${version} has other content already`,
  right: 'a version of its own for other content',
});

function readPack(
  file: string,
  before: Pack,
  { pack: path, version, settings = {} }: NonNullable<RawStep['activatePack']>,
  at: Item['path'],
  problems: Problem[],
): Pack | undefined {
  try {
    const loaded = path === undefined ? before : loadPackFile(join(dirname(file), path));
    const set = withSettings(loaded, settings as Settings);
    if (set.id !== before.id) {
      problems.push({ path: [...at, 'pack'], wrong: `is pack ${set.id}`, right: `a version of ${before.id}` });
      return undefined;
    }
    if (version === undefined) return set;
    const content = unseal(set);
    return seal({ ...content, version, rules: { ...content.rules, version } });
  } catch (error) {
    if (!(error instanceof PackError) || path !== undefined) throw error;
    problems.push(...error.problems.map((p) => ({ ...p, path: [...at, 'settings', ...(p.path === undefined ? [] : [p.path].flat())] })));
    return undefined;
  }
}

/** The calendar with one more year, under a version of its own. */
function withYear(
  before: CalendarDays,
  { year, off, work, version = `${before.version}+${year}` }: NonNullable<RawStep['loadCalendar']>,
  path: Item['path'],
  problems: Problem[],
): CalendarDays {
  const calendar = { ...before, version, years: { ...before.years, [year]: { source: 'scenario', off, work } } };
  for (const { path: where, message } of checkCalendar(calendar)) {
    const field = where.split('.').at(2);
    const right = message.startsWith('gap') ? 'to load the years between first' : 'days of that year, off or worked';
    problems.push({ path: field === undefined ? path : [...path, field], wrong: message, right });
  }
  return calendar;
}
