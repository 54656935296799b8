/** A calendar grows by years: what is loaded, what is missing, and a calendar with one more year as a new version. */
import type { CalendarDays, CalendarYear } from './calendar-days.ts';
import { collapseDays, expandDays } from './calendar-days.ts';
import { dayKind, type DayKind } from './calendar.ts';
import { canonicalJson } from './canonical.ts';
import { toCivil, toDay, type Day } from './civil.ts';
import { dateOf, dayOf, type Instant } from './time.ts';

export interface Coverage {
  /** The last loaded year. */
  readonly year: number;
  /** Its last day, `YYYY-MM-DD`. */
  readonly loadedTo: string;
  /** The last day that no later notice can change (reading 4), `YYYY-MM-DD`. */
  readonly certainTo: string;
}

/** Where the loaded data ends; undefined when nothing is loaded. */
export function coverageEnd(calendar: CalendarDays): Coverage | undefined {
  const year = lastYear(calendar);
  return year === undefined ? undefined : { year, loadedTo: `${year}-12-31`, certainTo: `${year}-12-24` };
}

/** Days from now (Beijing) to the end of what is loaded; below zero when it has ended. */
export function coveredDays(calendar: CalendarDays, now: Instant): number {
  return toDay(lastYear(calendar) ?? 1970, 12, 31) - dayOf(now);
}

export interface MissingYear {
  /** The first year that is missing. */
  readonly year: number;
  readonly zh: string;
  readonly en: string;
}

/** From 1 December (Beijing) on, while the next year is missing: which year to load. Undefined when nothing is to be done. */
export function warnMissingYear(calendar: CalendarDays, now: Instant): MissingYear | undefined {
  const today = toCivil(dayOf(now));
  const needed = today.month === 12 ? today.year + 1 : today.year;
  const year = (lastYear(calendar) ?? today.year - 1) + 1;
  if (year > needed) return undefined;
  return {
    year,
    zh: `日历 ${calendar.id} 尚未载入 ${year} 年的放假安排:落入该年的时限均为暂定。请按国务院办公厅通知载入该年数据。`,
    en: `Calendar ${calendar.id} lacks ${year}: deadlines that reach into it are provisional. Load that year from the State Council's notice.`,
  };
}

/**
 * The calendar with a year added or replaced, as a new version: `<last year>.<number>`, counted up from the version before. The
 * same data gives back the calendar itself. Whether the result may be used says `checkCalendar`.
 */
export function mergeYear(calendar: CalendarDays, year: number, data: CalendarYear): CalendarDays {
  const before = calendar.years[year];
  if (before !== undefined && canonicalJson(before) === canonicalJson(data)) return calendar;
  const years = { ...calendar.years, [year]: data };
  return { id: calendar.id, version: nextVersion(calendar.version, Math.max(...Object.keys(years).map(Number))), years };
}

/**
 * A loaded year with what the next year's notice says of its last days (reading 4): its other days stay as they are. The same
 * year when nothing changes. Throws RangeError for an entry that is no day of the year.
 */
export function amendYear(year: number, loaded: CalendarYear, notice: CalendarYear): CalendarYear {
  const days = { off: new Set(expandDays(year, loaded.off)), work: new Set(expandDays(year, loaded.work)) };
  let changed = false;
  for (const [kind, other] of [
    ['off', 'work'],
    ['work', 'off'],
  ] as const) {
    for (const day of expandDays(year, notice[kind])) {
      if (days[kind].has(day)) continue;
      days[kind].add(day);
      days[other].delete(day);
      changed = true;
    }
  }
  if (!changed) return loaded;
  const [off, work] = [days.off, days.work].map((set) => collapseDays([...set].toSorted((a, b) => a - b)));
  return { source: `${loaded.source}; ${notice.source}`, off: off!, work: work! };
}

function nextVersion(version: string, last: number): string {
  const [, year, number] = /^(\d{4})\.(\d+)$/.exec(version) ?? [];
  return Number(year ?? 0) >= last ? `${year}.${Number(number) + 1}` : `${last}.1`;
}

/** A day that is worked before and not after, or the other way round. */
export interface DayChange {
  readonly day: string;
  readonly before: DayKind['why'];
  readonly after: DayKind['why'];
}

export interface YearPreview {
  readonly year: number;
  readonly source: string;
  /** Whether the year was loaded before and is replaced. */
  readonly replaces: boolean;
  readonly version: { readonly from: string; readonly to: string };
  /** Every day off and every make-up workday, `YYYY-MM-DD`. */
  readonly daysOff: readonly string[];
  readonly makeUpDays: readonly string[];
  readonly workingDays: number;
  /** Against what is loaded; where the year was not, against the weekday rule. With the last days of the year before. */
  readonly differences: readonly DayChange[];
}

/** What loading a year would change, for somebody to look at first. Both calendars must have been checked. */
export function previewYear(before: CalendarDays, after: CalendarDays, year: number): YearPreview {
  const data = after.years[year];
  if (data === undefined) throw new RangeError(`calendar ${after.id} ${after.version} has no year ${year}`);
  const days = daysOf(year);
  return {
    year,
    source: data.source,
    replaces: before.years[year] !== undefined,
    version: { from: before.version, to: after.version },
    daysOff: sorted(year, data.off),
    makeUpDays: sorted(year, data.work),
    workingDays: days.filter((day) => dayKind(after, day).working).length,
    differences: [...lastDays(year - 1), ...days].flatMap((day) => {
      const [was, is] = [dayKind(before, day), dayKind(after, day)];
      return was.working === is.working ? [] : [{ day: dateOf(day), before: was.why, after: is.why }];
    }),
  };
}

function sorted(year: number, entries: readonly string[]): string[] {
  return expandDays(year, entries).map(dateOf).toSorted();
}

function daysOf(year: number): Day[] {
  const first = toDay(year, 1, 1);
  return Array.from({ length: toDay(year + 1, 1, 1) - first }, (_, i) => first + i);
}

/** The days that the next year's notice may still change. */
function lastDays(year: number): Day[] {
  return daysOf(year).slice(-7);
}

function lastYear(calendar: CalendarDays): number | undefined {
  const years = Object.keys(calendar.years).map(Number);
  return years.length === 0 ? undefined : Math.max(...years);
}
