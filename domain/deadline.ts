/**
 * A limit applied to a start instant and a calendar: when it is due, whether that is provisional, and why (C3-C5,
 * readings 1-4). Pure and the same in every process; about a million answers in a second or two.
 */
import type { CalendarDays } from './calendar.ts';
import { dayKind } from './calendar.ts';
import { addMonths, toCivil, toDay, type Day } from './civil.ts';
import type { LimitRule } from './limit.ts';
import { dayOfMonth, nextDayOfMonth, periodEnd, windowOf } from './named-day.ts';
import { dayOf, endOfDay, HOUR_MS, startOfDay, type Instant } from './time.ts';
import { note, type Why, type WhyLine } from './why.ts';
import { countBusinessHours, countWorkdays, firstWorkday, rolledEnd } from './working-time.ts';

export type { WhyLine } from './why.ts';

export interface Due {
  /** Last instant in time: met iff `occurredAt <= dueAt` (C7). */
  readonly dueAt: Instant;
  readonly provisional: boolean;
  /** First instant of a yearly window that has one. */
  readonly opensAt?: Instant;
}

export interface Deadline extends Due {
  readonly why: readonly WhyLine[];
}

/** Due instant with its reasons. Throws RangeError if `from` is not an integer or business hours hold no time. */
export function deadline(rule: LimitRule, from: Instant, calendar: CalendarDays): Deadline {
  const why: WhyLine[] = [];
  return { ...run(rule, from, calendar, why), why };
}

/** The same due instant without its reasons. Throws RangeError as `deadline`. */
export function dueOf(rule: LimitRule, from: Instant, calendar: CalendarDays): Due {
  return run(rule, from, calendar, undefined);
}

function run(rule: LimitRule, from: Instant, calendar: CalendarDays, why: Why): Due {
  if (!Number.isSafeInteger(from)) throw new RangeError(`not an instant: ${from}`);
  const start = dayOf(from);
  switch (rule.kind) {
    case 'hours': {
      const dueAt = from + rule.n * HOUR_MS;
      note(why, dayOf(dueAt), true, 'clock-hours', true, rule.n);
      return { dueAt, provisional: false };
    }
    case 'business-hours':
      return countBusinessHours(from, rule.n, rule.business, calendar, why);
    case 'workdays':
      note(why, start, false, 'start-day');
      return countWorkdays(start, rule.n, calendar, why, rule.close);
    case 'same-workday':
      return firstWorkday(from, calendar, why, rule.close);
    case 'days':
      return calendarDays(start, rule.n, rule.roll, calendar, why);
    case 'weeks':
      return weeks(start, rule.n, rule.roll, calendar, why);
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
      return countWorkdays(end, rule.n, calendar, why, rule.close);
    }
    case 'window':
      return yearlyWindow(start, rule.opens, rule.closes, why);
    case 'month-day': {
      const { day, exists } = nextDayOfMonth(start, rule.day);
      return certainEnd(day, exists ? 'named-day' : 'month-end', why);
    }
    case 'next-month-day': {
      const { day, exists } = dayOfMonth(start, 1, rule.day);
      return certainEnd(day, exists ? 'named-day' : 'month-end', why);
    }
    case 'mid-december':
      return certainEnd(toDay(toCivil(start).year, 12, rule.day), 'named-day', why);
  }
}

/** N calendar days, the start day not counted; with roll an end that is no working day moves to the next (C5). */
function calendarDays(start: Day, n: number, roll: boolean, calendar: CalendarDays, why: Why): Due {
  note(why, start, false, 'start-day');
  const end = start + n;
  if (why) for (let i = 1; i < n; i++) note(why, start + i, true, 'calendar-day', true, i);
  if (!roll) return certainEnd(end, 'calendar-day', why, n);
  const { working, why: reason, certain } = dayKind(calendar, end);
  note(why, end, true, working ? 'calendar-day' : reason, certain, n);
  return rolledEnd(end, calendar, why);
}

/** As many calendar days as the weeks have, told week by week. */
function weeks(start: Day, n: number, roll: boolean, calendar: CalendarDays, why: Why): Due {
  note(why, start, false, 'start-day');
  const end = start + 7 * n;
  if (why) for (let i = 1; i < n; i++) note(why, start + 7 * i, true, 'week', true, i);
  if (!roll) return certainEnd(end, 'week', why, n);
  const { working, why: reason, certain } = dayKind(calendar, end);
  note(why, end, true, 'week', certain, n);
  if (!working) note(why, end, false, reason, certain);
  return rolledEnd(end, calendar, why);
}

function yearlyWindow(start: Day, opens: string | undefined, closes: string, why: Why): Due {
  const window = windowOf(start, opens, closes);
  if (window.opens === undefined) return certainEnd(window.closes, 'named-day', why);
  note(why, window.opens, false, 'window-opens');
  return { ...certainEnd(window.closes, 'named-day', why), opensAt: startOfDay(window.opens) };
}

function certainEnd(day: Day, reason: WhyLine['reason'], why: Why, n?: number): Due {
  note(why, day, true, reason, true, n);
  return { dueAt: endOfDay(day), provisional: false };
}
