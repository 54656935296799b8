/**
 * Business hours of a pack as data: the open periods of a working day, several where there is a lunch break, and short
 * days by date. They hold on working days alone; what is a working day says the calendar.
 */
import { dateOf, dayFromDate, type Day } from './time.ts';

/** An open stretch of a day in minutes since 00:00; `to` is its end, at most 1440. */
export interface OpenPeriod {
  readonly from: number;
  readonly to: number;
}

export interface BusinessHours {
  /** In order, without overlap, at least one. */
  readonly periods: readonly OpenPeriod[];
  /** Days with periods of their own, by `YYYY-MM-DD`. */
  readonly shortDays?: Readonly<Record<string, readonly OpenPeriod[]>>;
}

export interface BusinessHoursProblem {
  /** Keys down to the place: `['shortDays', '2026-12-31', 0]`. */
  readonly path: readonly (string | number)[];
  readonly wrong: string;
  readonly right: string;
}

/** The open periods of a day, were it a working day. */
export function periodsOf(business: BusinessHours, day: Day): readonly OpenPeriod[] {
  return business.shortDays?.[dateOf(day)] ?? business.periods;
}

/** Whether the day has periods of its own. */
export function isShortDay(business: BusinessHours, day: Day): boolean {
  return business.shortDays !== undefined && Object.hasOwn(business.shortDays, dateOf(day));
}

/** What makes business hours unusable: no time at all, a period that ends before it begins, periods that overlap. */
export function checkBusinessHours({ periods, shortDays = {} }: BusinessHours): BusinessHoursProblem[] {
  return [
    ...checkPeriods(periods, ['periods']),
    ...Object.entries(shortDays).flatMap(([date, own]) => [...checkDate(date), ...checkPeriods(own, ['shortDays', date])]),
  ];
}

function checkDate(date: string): BusinessHoursProblem[] {
  try {
    dayFromDate(date);
    return [];
  } catch (error) {
    return [{ path: ['shortDays', date], wrong: (error as Error).message, right: 'a date such as 2026-12-31' }];
  }
}

function checkPeriods(periods: readonly OpenPeriod[], path: readonly (string | number)[]): BusinessHoursProblem[] {
  if (periods.length === 0) return [{ path, wrong: 'there is no business time', right: 'at least one period, such as 09:00-12:00' }];
  return periods.flatMap((period, i) => {
    const place = [...path, i];
    const said = sayPeriod(period);
    if (period.to <= period.from) return [{ path: place, wrong: `${said} ends before it begins`, right: 'the earlier time first' }];
    const before = periods[i - 1];
    if (before === undefined || period.from >= before.to) return [];
    const order = period.to <= before.from;
    return [
      {
        path: place,
        wrong: `${said} ${order ? 'stands after' : 'overlaps'} ${sayPeriod(before)}`,
        right: 'periods in the order of the day that do not overlap',
      },
    ];
  });
}

/** `09:00-12:00` */
export function sayPeriod({ from, to }: OpenPeriod): string {
  return `${sayMinute(from)}-${sayMinute(to)}`;
}

/** `09:00-12:00, 13:30-18:00 (2026-12-31: 09:00-12:00)` */
export function sayBusinessHours({ periods, shortDays = {} }: BusinessHours): string {
  const short = Object.entries(shortDays).map(([date, own]) => `${date}: ${own.map(sayPeriod).join(', ')}`);
  return `${periods.map(sayPeriod).join(', ')}${short.length === 0 ? '' : ` (${short.join('; ')})`}`;
}

function sayMinute(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
