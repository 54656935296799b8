/**
 * A limit applied to a start instant and a calendar: when it is due, whether that is provisional, and why (C3-C5,
 * readings 1-4). Pure and the same in every process; about a million answers in a second or two.
 */
import { dayKind, type CalendarDays, type DayKind } from './calendar.ts';
import { addMonths, monthLength, toCivil, toDay, type Day } from './civil.ts';
import type { LimitRule } from './limit.ts';
import { dateOf, dayOf, endOfDay, HOUR_MS, type Instant } from './time.ts';

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
    | 'rolled' // first working day after an end that is none
    | 'clock-hours' // runs on the clock, through nights and holidays
    | 'corresponding-day' // same day of a later month or year
    | 'month-end' // the month has no corresponding day: its last
    | 'period-end' // last day of the quarter, half-year or year
    | 'named-day'; // the day that the limit names
  /** False when the day's state was used and is not certain; one such line makes the deadline provisional. */
  readonly certain: boolean;
  /** Which of the N days (or hours, months, years) this is. */
  readonly n?: number;
}

export interface Due {
  /** Last instant in time: met iff `occurredAt <= dueAt` (C7). */
  readonly dueAt: Instant;
  readonly provisional: boolean;
}

export interface Deadline extends Due {
  readonly why: readonly WhyLine[];
}

/** Due instant with its reasons. Throws RangeError if `from` is not an integer. */
export function deadline(rule: LimitRule, from: Instant, calendar: CalendarDays): Deadline {
  const why: WhyLine[] = [];
  const due = run(rule, from, calendar, why);
  return { dueAt: due.dueAt, provisional: due.provisional, why };
}

/** The same due instant without its reasons. Throws RangeError if `from` is not an integer. */
export function dueOf(rule: LimitRule, from: Instant, calendar: CalendarDays): Due {
  return run(rule, from, calendar, undefined);
}

type Why = WhyLine[] | undefined;

function run(rule: LimitRule, from: Instant, calendar: CalendarDays, why: Why): Due {
  if (!Number.isSafeInteger(from)) throw new RangeError(`not an instant: ${from}`);
  const start = dayOf(from);
  switch (rule.kind) {
    case 'hours': {
      const dueAt = from + rule.n * HOUR_MS;
      note(why, dayOf(dueAt), true, 'clock-hours', true, rule.n);
      return { dueAt, provisional: false };
    }
    case 'workdays':
      return workdays(start, rule.n, calendar, why);
    case 'same-workday':
      return firstWorkday(start, calendar, why);
    case 'days':
      return calendarDays(start, rule.n, rule.roll, calendar, why);
    case 'months':
    case 'years': {
      const end = addMonths(start, rule.kind === 'years' ? rule.n * 12 : rule.n);
      note(why, start, false, 'start-day');
      const corresponds = toCivil(end).day === toCivil(start).day;
      return certainEnd(end, corresponds ? 'corresponding-day' : 'month-end', why, rule.n);
    }
    case 'period':
      return certainEnd(periodEnd(start, rule.period), 'period-end', why);
    case 'period+workdays': {
      const end = periodEnd(start, rule.period);
      note(why, end, false, 'period-end');
      return countWorkdays(end, rule.n, calendar, why);
    }
    case 'next-month-day': {
      const next = toCivil(addMonths(start, 1));
      const last = monthLength(next.year, next.month);
      return certainEnd(toDay(next.year, next.month, Math.min(rule.day, last)), rule.day > last ? 'month-end' : 'named-day', why);
    }
    case 'mid-december':
      return certainEnd(toDay(toCivil(start).year, 12, rule.day), 'named-day', why);
  }
}

/** N working days, the start day not counted, to 24:00 of the Nth (C3). */
function workdays(start: Day, n: number, calendar: CalendarDays, why: Why): Due {
  note(why, start, false, 'start-day');
  return countWorkdays(start, n, calendar, why);
}

function countWorkdays(after: Day, n: number, calendar: CalendarDays, why: Why): Due {
  let day = after;
  let provisional = false;
  for (let counted = 0; counted < n;) {
    const kind = dayKind(calendar, ++day);
    if (!kind.certain) provisional = true;
    if (kind.working) counted++;
    note(why, day, kind.working, kind.why, kind.certain, kind.working ? counted : undefined);
  }
  return { dueAt: endOfDay(day), provisional };
}

/** The start day itself, or the next working day if it is none (reading 1). */
function firstWorkday(start: Day, calendar: CalendarDays, why: Why): Due {
  let day = start;
  let provisional = false;
  for (;;) {
    const kind = dayKind(calendar, day);
    if (!kind.certain) provisional = true;
    note(why, day, kind.working, kind.why, kind.certain);
    if (kind.working) return { dueAt: endOfDay(day), provisional };
    day++;
  }
}

/** N calendar days, the start day not counted; with roll an end that is no working day moves to the next (C5). */
function calendarDays(start: Day, n: number, roll: boolean, calendar: CalendarDays, why: Why): Due {
  note(why, start, false, 'start-day');
  const end = start + n;
  if (why) for (let i = 1; i < n; i++) note(why, start + i, true, 'calendar-day', true, i);
  if (!roll) return certainEnd(end, 'calendar-day', why, n);
  let day = end;
  let kind = dayKind(calendar, day);
  let provisional = !kind.certain;
  note(why, day, true, kind.working ? 'calendar-day' : kind.why, kind.certain, n);
  while (!kind.working) {
    kind = dayKind(calendar, ++day);
    if (!kind.certain) provisional = true;
    note(why, day, kind.working, kind.working ? 'rolled' : kind.why, kind.certain);
  }
  return { dueAt: endOfDay(day), provisional };
}

/** Last day of the calendar period that holds a day (reading 2). */
function periodEnd(day: Day, period: 'quarter' | 'half-year' | 'year'): Day {
  const { year, month } = toCivil(day);
  const length = period === 'quarter' ? 3 : period === 'half-year' ? 6 : 12;
  const last = Math.ceil(month / length) * length;
  return toDay(year, last, monthLength(year, last));
}

function certainEnd(day: Day, reason: WhyLine['reason'], why: Why, n?: number): Due {
  note(why, day, true, reason, true, n);
  return { dueAt: endOfDay(day), provisional: false };
}

function note(why: Why, day: Day, counted: boolean, reason: WhyLine['reason'], certain = true, n?: number): void {
  why?.push({ day: dateOf(day), counted, reason, certain, ...(n === undefined ? {} : { n }) });
}
