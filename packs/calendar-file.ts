/** A later year of a calendar out of a file, YAML or ICS, looked at before it is taken. Nothing is taken in part. */
import { z } from 'zod';
import { checkCalendar } from '../domain/calendar-check.ts';
import type { CalendarDays, CalendarYear } from '../domain/calendar-days.ts';
import { mergeYear, previewYear, type YearPreview } from '../domain/calendar-year.ts';
import { toCivil } from '../domain/civil.ts';
import { dateOf, type Day } from '../domain/time.ts';
import { isIcs, readIcs } from './ics.ts';
import { PackError, type Problem } from './problem.ts';
import { text } from './words.ts';
import { parseYaml } from './yaml-file.ts';

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
 * The calendar with a year of the file. Without `year` the file must hold one only. Throws PackError that names line or entry,
 * what is wrong and what would be right.
 */
export function loadYear(calendar: CalendarDays, file: CalendarFile, year?: number): LoadedYear {
  const read = readYears(file);
  const chosen = choose(yearsOf(read, file), file, year);
  const merged = mergeYear(calendar, chosen, read.years[chosen]!);
  const problems = checkCalendar(merged);
  if (problems.length > 0) throw read.fail(problems.map(({ path, message }) => problem(path.split('.'), message)));
  return { calendar: merged, preview: previewYear(calendar, merged, chosen), unused: read.unused };
}

/** The calendar of a file that holds all of it, else the given one with every year of the file. Throws PackError. */
export function calendarWith(calendar: CalendarDays, file: CalendarFile): CalendarDays {
  const read = readYears(file);
  if (read.whole === undefined) return yearsOf(read, file).reduce((grown, year) => loadYear(grown, file, year).calendar, calendar);
  const problems = checkCalendar(read.whole);
  if (problems.length > 0) throw read.fail(problems.map(({ path, message }) => problem(path.split('.'), message)));
  return read.whole;
}

interface ReadYears {
  /** The calendar, where the file says its id and version, too. */
  readonly whole?: CalendarDays;
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

/** A whole calendar, or its years alone, with or without `years:` above them. */
function fromYaml({ name, content }: CalendarFile): ReadYears {
  const { value } = parseYaml(content, name, z.unknown());
  if (typeof value === 'object' && value !== null && 'years' in value) {
    const { value: read, fail } = parseYaml(content, name, yearsSchema);
    const { id, version } = read;
    const whole = id === undefined || version === undefined ? {} : { whole: { id, version, years: read.years } };
    return { ...whole, years: read.years, unused: [], fail };
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
  const entries = [...found].map(([year, { off, work }]) => [year, { source: read.name ?? name, off: ranges(off), work: ranges(work) }]);
  return {
    years: Object.fromEntries(entries) as Record<string, CalendarYear>,
    unused: read.unused,
    fail: (problems) => new PackError(problems.map(({ path, ...rest }) => ({ file: name, path: path.join('.'), ...rest }))),
  };
}

/** `01-01..01-03` for days that follow each other. All of one year, in order. */
function ranges(all: readonly Day[]): string[] {
  const runs: Day[][] = [];
  for (const day of all) {
    const last = runs.at(-1);
    if (last?.at(-1) === day - 1) last.push(day);
    else runs.push([day]);
  }
  const said = (day: Day): string => dateOf(day).slice(5);
  return runs.map((run) => (run.length === 1 ? said(run[0]!) : `${said(run[0]!)}..${said(run.at(-1)!)}`));
}

function choose(found: readonly number[], { name }: CalendarFile, year: number | undefined): number {
  const refuse = (wrong: string, right: string): PackError => new PackError([{ file: name, path: '', wrong, right }]);
  if (year === undefined && found.length > 1) throw refuse(`holds ${found.join(', ')}`, 'to say which year is meant');
  if (year !== undefined && !found.includes(year))
    throw refuse(`holds no day of ${year}, but of ${found.join(', ')}`, `the notice of ${year}`);
  return year ?? found[0]!;
}

function problem(path: readonly string[], wrong: string): Problem {
  const right = wrong.startsWith('gap') ? 'to load the years between first' : 'the days as the notice of that year gives them';
  return { path, wrong, right };
}
