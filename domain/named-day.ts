/** Days that a limit names by their place in the year: ends of calendar periods, days of a month, yearly windows (reading 2). */
import { addMonths, monthLength, toCivil, toDay, type Day } from './civil.ts';
import type { CalendarPeriod } from './limit.ts';
import { weekday } from './time.ts';

/** Last day of the calendar period that holds a day (reading 2). */
export function periodEnd(day: Day, period: CalendarPeriod): Day {
  if (period === 'week') return day + 7 - weekday(day);
  const { year, month } = toCivil(day);
  const length = { month: 1, quarter: 3, 'half-year': 6, year: 12 }[period];
  const last = Math.ceil(month / length) * length;
  return toDay(year, last, monthLength(year, last));
}

/** A day of the month that holds `day`, or that month's last day; `exists` says which. */
export interface DayOfMonth {
  readonly day: Day;
  readonly exists: boolean;
}

/** Day N of the month that begins `later` months after the one that holds `day`. */
export function dayOfMonth(day: Day, later: number, n: number): DayOfMonth {
  const { year, month } = toCivil(addMonths(day, later));
  const last = monthLength(year, month);
  return { day: toDay(year, month, Math.min(n, last)), exists: n <= last };
}

/** The next day N of a month on or after `day`. */
export function nextDayOfMonth(day: Day, n: number): DayOfMonth {
  const here = dayOfMonth(day, 0, n);
  return here.day >= day ? here : dayOfMonth(day, 1, n);
}

/** The first window that has not closed before `day`: its last day and, if it has one, its first. `MM-DD`. */
export function windowOf(day: Day, opens: string | undefined, closes: string): { opens?: Day; closes: Day } {
  const { year } = toCivil(day);
  const here = inYear(year, closes);
  const end = here >= day ? here : inYear(year + 1, closes);
  if (opens === undefined) return { closes: end };
  const endYear = here >= day ? year : year + 1;
  return { opens: inYear(opens <= closes ? endYear : endYear - 1, opens), closes: end };
}

/** 29 February is the 28th where there is none. */
function inYear(year: number, monthDay: string): Day {
  const month = Number(monthDay.slice(0, 2));
  return toDay(year, month, Math.min(Number(monthDay.slice(3)), monthLength(year, month)));
}
