/** A later year of a calendar out of a file, YAML or ICS, looked at before it is taken. Nothing is taken in part. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { checkCalendar } from '../domain/calendar-check.ts';
import { collapseDays, type CalendarDays, type CalendarYear } from '../domain/calendar-days.ts';
import { amendYear, mergeYear, previewYear, type YearPreview } from '../domain/calendar-year.ts';
import { toCivil } from '../domain/civil.ts';
import type { Day } from '../domain/time.ts';
import { isIcs, readIcs } from './ics.ts';
import { PackError, type Problem } from './problem.ts';
import { text } from './words.ts';
import { parseYaml, unreadable } from './yaml-file.ts';

const days = z.array(z.string().regex(/^\d{2}-\d{2}(\.\.\d{2}-\d{2})?$/, 'MM-DD or MM-DD..MM-DD'));
const years = z.record(z.string(), z.strictObject({ source: text, off: days, work: days }));
/** A whole calendar as it is shipped. */
export const calendarSchema = z.strictObject({ id: text, version: text, years });
const yearsSchema = z.strictObject({ id: text.optional(), version: text.optional(), years });

export interface CalendarFile {
  /** How the file is called in messages. */
  readonly name: string;
  readonly content: string;
}

export interface LoadedYear {
  /** The calendar with the year, as a new version; the same one when the year was loaded already. */
  readonly calendar: CalendarDays;
  readonly preview: YearPreview;
  /** Events of an ICS file that say neither off nor worked. */
  readonly unused: readonly string[];
}

/**
 * The calendar with a year of the file. Without `year` the file must hold one only. Days from 25 December on of the year before
 * come with the year's notice: they are put into that year, whose other days stay. Throws PackError that names line or entry,
 * what is wrong and what would be right.
 */
export function loadYear(calendar: CalendarDays, file: CalendarFile, year?: number): LoadedYear {
  const read = readYears(file);
  const chosen = choose(read, file, year);
  const merged = mergeYear(withLastDays(calendar, read, chosen - 1), chosen, read.years[chosen]!);
  const problems = checkCalendar(merged);
  if (problems.length > 0) throw read.fail(problems.map(({ path, message }) => problem(path.split('.'), message)));
  return { calendar: merged, preview: previewYear(calendar, merged, chosen), unused: read.unused };
}

/** A file as it is given to a command. Throws PackError when it cannot be read. */
export function readCalendarFile(path: string): CalendarFile {
  try {
    return { name: path, content: readFileSync(path, 'utf8') };
  } catch (error) {
    throw new PackError([{ file: path, path: '', wrong: unreadable(error), right: 'a calendar file, YAML or ICS' }]);
  }
}

/**
 * The calendar of a file that holds all of it, else the given one with every year of the file. Throws PackError, also for a file
 * of another calendar: a pack goes by the one it names.
 */
export function calendarWith(calendar: CalendarDays, file: CalendarFile): CalendarDays {
  const read = readYears(file);
  if (read.id !== undefined && read.id !== calendar.id)
    throw read.fail([{ path: ['id'], wrong: `is ${read.id}`, right: `${calendar.id}, the calendar that the pack goes by` }]);
  if (read.whole === undefined) return noticesOf(read, file).reduce((grown, year) => loadYear(grown, file, year).calendar, calendar);
  const problems = checkCalendar(read.whole);
  if (problems.length > 0) throw read.fail(problems.map(({ path, message }) => problem(path.split('.'), message)));
  return read.whole;
}

interface ReadYears {
  /** The calendar, where the file says its id and version, too. */
  readonly whole?: CalendarDays;
  readonly id?: string;
  readonly years: Readonly<Record<string, CalendarYear>>;
  readonly unused: readonly string[];
  fail(problems: readonly Problem[]): PackError;
}

function readYears(file: CalendarFile): ReadYears {
  return isIcs(file.content) ? fromIcs(file) : fromYaml(file);
}

/** The years of the file, ascending. */
function yearsOf({ years: found, fail }: ReadYears, { name }: CalendarFile): number[] {
  const odd = Object.keys(found).filter((year) => !/^[1-9]\d{3}$/.test(year));
  if (odd.length > 0)
    throw fail(odd.map((year) => ({ path: ['years', year], wrong: 'is no four-digit year', right: 'a year such as 2027' })));
  if (Object.keys(found).length === 0)
    throw new PackError([{ file: name, path: '', wrong: 'holds no day off and no make-up workday', right: 'the days of the notice' }]);
  return Object.keys(found)
    .map(Number)
    .toSorted((a, b) => a - b);
}

/** The years whose notice the file holds: not those of which it has no more than the last days, which come with the next one's. */
function noticesOf(read: ReadYears, file: CalendarFile): number[] {
  return yearsOf(read, file).filter((year, _i, all) => !(all.includes(year + 1) && isEnd(read.years[year]!)));
}

/** Nothing but days from 25 December on: the next year's notice may set them (reading 4), as it did in 2018. */
function isEnd({ off, work }: CalendarYear): boolean {
  return [...off, ...work].every((entry) => entry >= '12-25');
}

function withLastDays(calendar: CalendarDays, { years: found, fail }: ReadYears, year: number): CalendarDays {
  const [loaded, notice] = [calendar.years[year], found[year]];
  if (loaded === undefined || notice === undefined || !isEnd(notice)) return calendar;
  const problems = checkCalendar({ ...calendar, years: { [year]: notice } });
  if (problems.length > 0) throw fail(problems.map(({ path, message }) => problem(path.split('.'), message)));
  return mergeYear(calendar, year, amendYear(year, loaded, notice));
}

/** A whole calendar, or its years alone, with or without `years:` above them. */
function fromYaml({ name, content }: CalendarFile): ReadYears {
  const { value } = parseYaml(content, name, z.unknown());
  if (typeof value === 'object' && value !== null && 'years' in value) {
    const { value: read, fail } = parseYaml(content, name, yearsSchema);
    const { id, version } = read;
    const whole = id === undefined || version === undefined ? {} : { whole: { id, version, years: read.years } };
    return { ...whole, ...(id === undefined ? {} : { id }), years: read.years, unused: [], fail };
  }
  const { value: bare, fail } = parseYaml(content, name, years);
  return { years: bare, unused: [], fail: (problems) => fail(problems.map(({ path, ...rest }) => ({ path: path.slice(1), ...rest }))) };
}

function fromIcs({ name, content }: CalendarFile): ReadYears {
  const read = readIcs(content, name);
  const found = new Map<number, { off: Day[]; work: Day[] }>();
  for (const kind of ['off', 'work'] as const) {
    for (const day of read[kind]) {
      const { year } = toCivil(day);
      const known = found.get(year) ?? { off: [], work: [] };
      found.set(year, known);
      known[kind].push(day);
    }
  }
  const entries = [...found].map(([year, { off, work }]) => [
    year,
    { source: read.name ?? name, off: collapseDays(off), work: collapseDays(work) },
  ]);
  return {
    years: Object.fromEntries(entries) as Record<string, CalendarYear>,
    unused: read.unused,
    fail: (problems) => new PackError(problems.map(({ path, ...rest }) => ({ file: name, path: path.join('.'), ...rest }))),
  };
}

function choose(read: ReadYears, file: CalendarFile, year: number | undefined): number {
  const { name } = file;
  const refuse = (wrong: string, right: string): PackError => new PackError([{ file: name, path: '', wrong, right }]);
  const [all, notices] = [yearsOf(read, file), noticesOf(read, file)];
  if (year === undefined && notices.length > 1) throw refuse(`holds ${notices.join(', ')}`, 'to say which year is meant');
  if (year !== undefined && !all.includes(year)) throw refuse(`holds no day of ${year}, but of ${all.join(', ')}`, `the notice of ${year}`);
  if (year !== undefined && !notices.includes(year))
    throw refuse(`holds no more of ${year} than its last days`, `the year ${year + 1}, whose notice they come with`);
  return year ?? notices[0]!;
}

function problem(path: readonly string[], wrong: string): Problem {
  const right = wrong.startsWith('gap') ? 'to load the years between first' : 'the days as the notice of that year gives them';
  return { path, wrong, right };
}
