/** The shipped packs and calendars, read from their files. Each call reads afresh; callers keep what they need. */
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { checkCalendar } from '../domain/calendar-check.ts';
import { dayKind, type CalendarDays } from '../domain/calendar.ts';
import type { Pack } from '../domain/pack.ts';
import { dayFromDate } from '../domain/time.ts';
import { buildPack } from './build.ts';
import { calendarSchema } from './calendar-file.ts';
import { PackError, type Problem } from './problem.ts';
import { overBase } from './extend.ts';
import { checkReferences } from './references.ts';
import { packSchema, type RawPack } from './schema.ts';
import { parseYaml, readYaml, type YamlFile } from './yaml-file.ts';

const HERE = import.meta.dirname;

/** Ids of the shipped packs, sorted. */
export function listPacks(): string[] {
  return named(HERE, (entry) => hasFile(join(HERE, entry), 'pack.yaml'));
}

/** Ids of the shipped calendars, sorted. */
export function listCalendars(): string[] {
  return named(join(HERE, 'calendars'), (entry) => entry.endsWith('.yaml')).map((entry) => basename(entry, '.yaml'));
}

/** Id of the shipped pack that takes what names none. Throws PackError when there is none. */
export function defaultPackId(): string {
  const id = listPacks().find((one) => loadPack(one).default);
  if (id !== undefined) return id;
  throw new PackError([{ file: 'packs', path: 'default', wrong: 'no pack is the default', right: 'default: true in one pack' }]);
}

/** A shipped pack by id. Throws PackError that names what is wrong and where. */
export function loadPack(id: string): Pack {
  return loadPackFile(join(HERE, oneOf(id, listPacks(), 'pack'), 'pack.yaml'));
}

/** A pack from a file anywhere; its calendar must be a shipped one. Throws PackError. */
export function loadPackFile(path: string): Pack {
  const folder = dirname(dirname(path)) === HERE ? basename(dirname(path)) : undefined;
  return checkedPack(readYaml(path, packSchema, overShipped), folder);
}

/** A pack from a text, called `file` in messages. Throws PackError. */
export function loadPackText(text: string, file: string): Pack {
  return checkedPack(parseYaml(text, file, packSchema, overShipped));
}

const overShipped = (given: unknown, fail: YamlFile<RawPack>['fail']): unknown => {
  const pathOf = (id: string): string => {
    const ids = listPacks();
    if (!ids.includes(id)) throw fail([{ path: ['extends'], wrong: `there is no pack "${id}"`, right: `one of: ${ids.join(', ')}` }]);
    return join(HERE, id, 'pack.yaml');
  };
  return overBase(given, pathOf, fail);
};

function checkedPack(file: YamlFile<RawPack>, folder?: string): Pack {
  const raw = file.value;
  const problems = checkReferences(raw);
  if (!listCalendars().includes(raw.calendar)) {
    problems.push({ path: ['calendar'], wrong: `there is no calendar "${raw.calendar}"`, right: `one of: ${listCalendars().join(', ')}` });
  }
  problems.push(...checkShortDays(raw));
  if (folder !== undefined && folder !== raw.id) {
    problems.push({ path: ['id'], wrong: `is "${raw.id}" in the folder ${folder}`, right: 'the name of its folder' });
  }
  if (problems.length > 0) throw file.fail(problems);
  return buildPack(raw);
}

/** A short day on a day off would say nothing: it is a slip. Days past the loaded years are taken as they are. */
function checkShortDays({ calendar: id, businessHours }: RawPack): Problem[] {
  if (businessHours?.shortDays === undefined || !listCalendars().includes(id)) return [];
  const calendar = loadCalendar(id);
  return Object.keys(businessHours.shortDays).flatMap((date) => {
    const { working, certain } = dayKind(calendar, dayFromDate(date));
    if (working || !certain) return [];
    return [{ path: ['businessHours', 'shortDays', date], wrong: `is no working day of calendar ${id}`, right: 'a working day' }];
  });
}

/** A shipped calendar by id. Throws PackError. */
export function loadCalendar(id: string): CalendarDays {
  return loadCalendarFile(join(HERE, 'calendars', `${oneOf(id, listCalendars(), 'calendar')}.yaml`));
}

/** A calendar from a file anywhere. Throws PackError, also when it has a gap or a year without working time. */
export function loadCalendarFile(path: string): CalendarDays {
  const file = readYaml(path, calendarSchema);
  const problems = checkCalendar(file.value);
  if (problems.length > 0) {
    throw file.fail(
      problems.map(({ path: at, message }) => ({
        path: at.split('.'),
        wrong: message,
        right: 'the days as the notice of that year gives them',
      })),
    );
  }
  return file.value;
}

function oneOf(id: string, ids: readonly string[], what: string): string {
  if (ids.includes(id)) return id;
  throw new PackError([{ file: 'packs', path: '', wrong: `there is no ${what} "${id}"`, right: `one of: ${ids.join(', ')}` }]);
}

function named(folder: string, keep: (entry: string) => boolean): string[] {
  return readdirSync(folder).filter(keep).toSorted();
}

function hasFile(folder: string, name: string): boolean {
  try {
    return readdirSync(folder).includes(name);
  } catch {
    return false;
  }
}
