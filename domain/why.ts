/** The reasons of a deadline, day by day, as data; `explain.ts` puts them into words. */
import type { DayKind } from './calendar.ts';
import { dateOf, type Day } from './time.ts';

/** A stretch of a day in milliseconds since its 00:00. */
export interface CountedTime {
  readonly from: number;
  readonly to: number;
}

/** One day (or the clock) that the deadline rests on, in order. */
export interface WhyLine {
  /** `YYYY-MM-DD`, Beijing. */
  readonly day: string;
  /** Whether the day counts towards the limit. */
  readonly counted: boolean;
  readonly reason:
    | 'start-day' // the day of the event: not counted
    | DayKind['why'] // what the calendar says of the day
    | 'calendar-day' // counted whatever the calendar says
    | 'week' // the last day of a week of the limit
    | 'rolled' // first working day after an end that is none
    | 'clock-hours' // runs on the clock, through nights and holidays
    | 'corresponding-day' // same day of a later month or year
    | 'month-end' // the month has no corresponding day: its last
    | 'period-end' // last day of the calendar period
    | 'window-opens' // first day of the yearly window
    | 'named-day' // the day that the limit names
    | 'close-of-business'; // the limit ends there on its last day
  /** False when the day's state was used and is not certain; one such line makes the deadline provisional. */
  readonly certain: boolean;
  /** Which of the N days (or hours, weeks, months, years) this is. */
  readonly n?: number;
  /** With business hours: which times of the day counted (none: it was closed already), or when it closes. */
  readonly times?: readonly CountedTime[];
  /** Business time counted up to the end of this day, milliseconds. */
  readonly total?: number;
  /** The day has business hours of its own. */
  readonly short?: true;
}

/** Where reasons are collected; undefined when nobody asks for them. */
export type Why = WhyLine[] | undefined;

export type WhyMore = Pick<WhyLine, 'times' | 'total' | 'short'>;

export function note(why: Why, day: Day, counted: boolean, reason: WhyLine['reason'], certain = true, n?: number, more?: WhyMore): void {
  why?.push({ day: dateOf(day), counted, reason, certain, ...(n === undefined ? {} : { n }), ...more });
}
