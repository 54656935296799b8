/**
 * The rule of a time limit, as data. How it becomes a deadline is in `deadline.ts`.
 * Kinds follow the catalogue's common readings C3-C5 and the settled readings 1-2.
 */
import type { BusinessHours } from './business-hours.ts';

/** A period of the Gregorian calendar; weeks are Monday to Sunday. */
export type CalendarPeriod = 'week' | 'month' | 'quarter' | 'half-year' | 'year';

/** Where a limit of working days ends: with `close` at the close of business of its last day, else at 24:00 (C3). */
interface DayEnd {
  readonly close?: BusinessHours;
}

export type LimitRule =
  /** Clock hours from the start instant, through nights and holidays (C4). */
  | { readonly kind: 'hours'; readonly n: number }
  /** Hours that run only inside the business hours of working days. */
  | { readonly kind: 'business-hours'; readonly n: number; readonly business: BusinessHours }
  /** N working days, start day not counted, ends with the Nth (C3). */
  | ({ readonly kind: 'workdays'; readonly n: number } & DayEnd)
  /** Ends with the start day, or with the next working day if that is a day off or its close has passed (reading 1). */
  | ({ readonly kind: 'same-workday' } & DayEnd)
  /** N calendar days, start day not counted; with roll the end moves to the next working day (C5). */
  | { readonly kind: 'days'; readonly n: number; readonly roll: boolean }
  /** N times seven calendar days, as `days` (C5). */
  | { readonly kind: 'weeks'; readonly n: number; readonly roll: boolean }
  /** To the corresponding day, else the month's last day, 24:00, no roll (reading 2). */
  | { readonly kind: 'months'; readonly n: number }
  | { readonly kind: 'years'; readonly n: number }
  /** End of the calendar period that holds the start (reading 2). */
  | { readonly kind: 'period'; readonly period: CalendarPeriod }
  /** N working days after the end of that period; its last day is the uncounted start day. */
  | ({ readonly kind: 'period+workdays'; readonly period: CalendarPeriod; readonly n: number } & DayEnd)
  /**
   * A window of each year, `MM-DD`, both days inside: the first one that has not closed at the start. Ends 24:00 of its
   * last day, no roll. Without `opens` it is "by that day"; `opens` after `closes` means a window over New Year.
   */
  | { readonly kind: 'window'; readonly opens?: string; readonly closes: string }
  /** The next day N of a month that has not passed ("by the 5th"), else the month's last day, 24:00, no roll. */
  | { readonly kind: 'month-day'; readonly day: number }
  /** Day N of the month after the start, 24:00, no roll. */
  | { readonly kind: 'next-month-day'; readonly day: number }
  /** Day N of December of the start's year, 24:00, no roll: past already when it starts after that day. */
  | { readonly kind: 'mid-december'; readonly day: number };
