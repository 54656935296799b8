/** Quiet hours: between them a notice waits, but for the duties of clock hours, which run through the night. */
import { dayKind, type CalendarDays } from './calendar.ts';
import type { LimitRule } from './limit.ts';
import type { QuietHours } from './pack.ts';
import { DAY_MS, dayOf, startOfDay, type Day, type Instant } from './time.ts';

const MINUTE_MS = 60_000;

/**
 * When a notice of `at` may leave; undefined: at once. Quiet from `from` to before `to`, over midnight when `to` is the
 * earlier one; with `daysOff` also all of every day off. In the application a notice is there at once all the same.
 */
export function notBefore(quiet: QuietHours | undefined, at: Instant, calendar: CalendarDays, limit?: LimitRule): Instant | undefined {
  if (quiet === undefined || limit?.kind === 'hours') return undefined;
  let leaves = at;
  for (let end = quietUntil(quiet, leaves, calendar); end !== undefined; end = quietUntil(quiet, leaves, calendar)) leaves = end;
  return leaves === at ? undefined : leaves;
}

/** The end of the quiet stretch that holds an instant. */
function quietUntil(quiet: QuietHours, at: Instant, calendar: CalendarDays): Instant | undefined {
  const day = dayOf(at);
  const midnight = startOfDay(day);
  const [from, to] = [midnight + minuteOf(quiet.from) * MINUTE_MS, midnight + minuteOf(quiet.to) * MINUTE_MS];
  if (quiet.daysOff && !dayKind(calendar, day).working) return startOfDay(nextWorkday(day, calendar));
  if (from <= to) return at >= from && at < to ? to : undefined;
  if (at < to) return to;
  return at >= from ? to + DAY_MS : undefined;
}

function nextWorkday(after: Day, calendar: CalendarDays): Day {
  let day = after + 1;
  while (!dayKind(calendar, day).working) day += 1;
  return day;
}

function minuteOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}
