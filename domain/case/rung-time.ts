/**
 * When a rung of a ladder is reached. Percent counts the limit's own time: clock hours, calendar days and dates by the
 * clock; working days by working days (the start day is not counted, C3), which run whole, or in business hours where the
 * limit has some. Always from the present due instant, so a moved deadline moves its rungs.
 */
import type { CalendarDays } from '../calendar.ts';
import type { LimitRule } from '../limit.ts';
import { periodEnd } from '../named-day.ts';
import type { Rung } from '../pack.ts';
import { DAY_MS, dayOf, endOfDay, HOUR_MS, type Instant } from '../time.ts';
import { workedAfter, workedBefore, workedBetween, type WorkedTime } from '../worked-time.ts';
import { countWorkdays } from '../working-time.ts';

export interface Span {
  readonly startAt: Instant;
  readonly dueAt: Instant;
}

/**
 * The instant a rung stands for: `percent` of the limit's time have run (or are run over), so many hours or working days
 * are left (or have passed). At the breach: the due instant. Undefined: the limit has no such moment, since it is shorter.
 */
export function rungAt(rung: Rung, span: Span, rule: LimitRule | undefined, calendar: CalendarDays): Instant | undefined {
  const at = rung.when === 'before' ? before(rung, span, rule, calendar) : after(rung, span, rule, calendar);
  return rung.when === 'before' && at !== undefined && (at < span.startAt || at >= span.dueAt) ? undefined : at;
}

function before({ percent, workdays, hours }: Rung, span: Span, rule: LimitRule | undefined, calendar: CalendarDays): Instant | undefined {
  if (hours !== undefined) return span.dueAt - hours * HOUR_MS;
  if (workdays !== undefined) return workdaysBefore(workdays * DAY_MS, span, calendar);
  if (percent === undefined) return undefined;
  const { from, total, time } = ownTime(span, rule, calendar);
  const part = Math.ceil((total * percent) / 100);
  return time === undefined ? from + part : workedAfter(from, part, time);
}

/** From the start on when no more are left then, days off between it and the first one counting as nothing. */
function workdaysBefore(ms: number, { startAt, dueAt }: Span, calendar: CalendarDays): Instant | undefined {
  const at = workedBefore(dueAt, ms, { calendar });
  return at !== undefined && at < startAt && workedBetween(startAt, dueAt, { calendar }) >= ms ? startAt : at;
}

function after(rung: Rung, span: Span, rule: LimitRule | undefined, calendar: CalendarDays): Instant | undefined {
  const { percent, hours, afterWorkdays = 0, workdays = afterWorkdays } = rung;
  const { dueAt } = span;
  if (hours !== undefined) return dueAt + hours * HOUR_MS;
  if (percent !== undefined) {
    const { total, time } = ownTime(span, rule, calendar);
    const part = Math.ceil((total * percent) / 100);
    return time === undefined ? dueAt + part : workedAfter(dueAt, part, time);
  }
  // 24:00 as a due instant belongs to the day that ends.
  return workdays === 0 ? dueAt : countWorkdays(dayOf(dueAt - 1), workdays, calendar, undefined).dueAt;
}

interface OwnTime {
  /** Where the limit's own time begins. */
  readonly from: Instant;
  /** Milliseconds of it up to the due instant. */
  readonly total: number;
  /** Absent: the clock. */
  readonly time?: WorkedTime;
}

function ownTime({ startAt, dueAt }: Span, rule: LimitRule | undefined, calendar: CalendarDays): OwnTime {
  const clock = { from: startAt, total: dueAt - startAt };
  const time = workedTimeOf(rule, calendar);
  if (rule === undefined || time === undefined) return clock;
  for (const from of [countedFrom(rule, startAt), startAt]) {
    const total = from < dueAt ? workedBetween(from, dueAt, time) : 0;
    if (total > 0) return { from, total, time };
  }
  // Set by an extension to an end that no working time leads to.
  return clock;
}

function workedTimeOf(rule: LimitRule | undefined, calendar: CalendarDays): WorkedTime | undefined {
  switch (rule?.kind) {
    case 'business-hours':
      return { calendar, business: rule.business };
    case 'workdays':
    case 'same-workday':
    case 'period+workdays':
      return rule.close === undefined ? { calendar } : { calendar, business: rule.close };
    default:
      return undefined;
  }
}

/** The uncounted day is the start day, or the last one of the period (C3, readings 2). */
function countedFrom(rule: LimitRule, startAt: Instant): Instant {
  if (rule.kind === 'workdays') return endOfDay(dayOf(startAt));
  if (rule.kind === 'period+workdays') return endOfDay(periodEnd(dayOf(startAt), rule.period));
  return startAt;
}
