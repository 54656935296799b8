/**
 * Working time between two instants, and instants so much working time away: whole working days, 00:00 to 24:00, or
 * business hours on them. Milliseconds throughout.
 */
import { periodsOf, type BusinessHours, type OpenPeriod } from './business-hours.ts';
import { dayKind, type CalendarDays } from './calendar.ts';
import { dayOf, startOfDay, type Day, type Instant } from './time.ts';

const MINUTE_MS = 60_000;
const WHOLE: readonly OpenPeriod[] = [{ from: 0, to: 1440 }];
/** A calendar without any working day must not hang a case: after so many days there is no more working time to find. */
const HORIZON_DAYS = 4_000;

export interface WorkedTime {
  readonly calendar: CalendarDays;
  /** Absent: working days run whole. */
  readonly business?: BusinessHours;
}

/** Working time from `from` to `to`; 0 when `to` is not later. */
export function workedBetween(from: Instant, to: Instant, time: WorkedTime): number {
  let sum = 0;
  for (let day = dayOf(from); startOfDay(day) < to; day++)
    for (const open of openOf(day, time)) sum += Math.max(0, Math.min(open.to, to) - Math.max(open.from, from));
  return sum;
}

/** The first instant at which `ms` of working time have run since `from`; undefined when there is none within ten years. */
export function workedAfter(from: Instant, ms: number, time: WorkedTime): Instant | undefined {
  let left = ms;
  if (left <= 0) return from;
  const first = dayOf(from);
  for (let day = first; day < first + HORIZON_DAYS; day++)
    for (const open of openOf(day, time)) {
      const begins = Math.max(open.from, from);
      const here = Math.max(0, open.to - begins);
      if (here >= left) return begins + left;
      left -= here;
    }
  return undefined;
}

/** The first instant from which no more than `ms` of working time run to `to`; undefined when there is none within ten years. */
export function workedBefore(to: Instant, ms: number, time: WorkedTime): Instant | undefined {
  let left = ms;
  if (left <= 0) return to;
  const last = dayOf(to);
  for (let day = last; day > last - HORIZON_DAYS; day--)
    for (const open of openOf(day, time).toReversed()) {
      const ends = Math.min(open.to, to);
      const here = Math.max(0, ends - open.from);
      if (here > left) return ends - left;
      left -= here;
    }
  return undefined;
}

function openOf(day: Day, { calendar, business }: WorkedTime): OpenPeriod[] {
  if (!dayKind(calendar, day).working) return [];
  const midnight = startOfDay(day);
  return (business === undefined ? WHOLE : periodsOf(business, day)).map(({ from, to }) => ({
    from: midnight + from * MINUTE_MS,
    to: midnight + to * MINUTE_MS,
  }));
}
