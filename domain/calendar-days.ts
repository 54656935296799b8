/** Working-day calendars as data, one entry a year, each from its notice. */
import { monthLength, toDay, type Day } from './civil.ts';
import { dateOf } from './time.ts';

export interface CalendarYear {
  /** The notice that the year is taken from. */
  readonly source: string;
  /** Days off, `MM-DD` or ranges `MM-DD..MM-DD`, weekends inside a range included. */
  readonly off: readonly string[];
  /** Make-up workdays, same form. */
  readonly work: readonly string[];
}

export interface CalendarDays {
  readonly id: string;
  readonly version: string;
  /** By four-digit year, without gaps (see `checkCalendar`). */
  readonly years: Readonly<Record<string, CalendarYear>>;
}

const DAYS = /^(\d{2})-(\d{2})(?:\.\.(\d{2})-(\d{2}))?$/;

/** Day numbers of `MM-DD` and `MM-DD..MM-DD` entries of one year. Throws RangeError that names the entry. */
export function expandDays(year: number, entries: readonly string[]): Day[] {
  return entries.flatMap((entry) => {
    const m = DAYS.exec(entry);
    if (!m) throw new RangeError(`"${entry}" is not MM-DD or MM-DD..MM-DD`);
    const from = dayIn(year, Number(m[1]), Number(m[2]), entry);
    const to = m[3] === undefined ? from : dayIn(year, Number(m[3]), Number(m[4]), entry);
    if (to < from) throw new RangeError(`"${entry}" ends before it begins`);
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
}

/** The entries of days of one year, ascending; days that follow each other are one range. The inverse of `expandDays`. */
export function collapseDays(days: readonly Day[]): string[] {
  const runs: Day[][] = [];
  for (const day of days) {
    const last = runs.at(-1);
    if (last?.at(-1) === day - 1) last.push(day);
    else runs.push([day]);
  }
  const said = (day: Day): string => dateOf(day).slice(5);
  return runs.map((run) => (run.length === 1 ? said(run[0]!) : `${said(run[0]!)}..${said(run.at(-1)!)}`));
}

function dayIn(year: number, month: number, day: number, entry: string): Day {
  if (month < 1 || month > 12 || day < 1 || day > monthLength(year, month)) {
    throw new RangeError(`"${entry}" is not a day of ${year}`);
  }
  return toDay(year, month, day);
}
