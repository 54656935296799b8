/** Counting on the calendar: working days (C3), calendar days with roll (C5), business hours. Each notes what it used. */
import { isShortDay, periodsOf, type BusinessHours } from './business-hours.ts';
import { dayKind, type CalendarDays } from './calendar.ts';
import { dayOf, endOfDay, HOUR_MS, startOfDay, type Day, type Instant } from './time.ts';
import { note, type CountedTime, type Why } from './why.ts';

export interface Counted {
  readonly dueAt: Instant;
  /** True when the state of a day was used that is not certain. */
  readonly provisional: boolean;
}

const MINUTE_MS = 60_000;

/** N working days after a day, to the end of the Nth (C3). */
export function countWorkdays(after: Day, n: number, calendar: CalendarDays, why: Why, close?: BusinessHours): Counted {
  let day = after;
  let provisional = false;
  for (let counted = 0; counted < n;) {
    const kind = dayKind(calendar, ++day);
    if (!kind.certain) provisional = true;
    if (kind.working) counted++;
    note(why, day, kind.working, kind.why, kind.certain, kind.working ? counted : undefined);
  }
  return { dueAt: endsAt(day, close, why), provisional };
}

/** The start day itself, or the next working day if it is none or its close has passed (reading 1). */
export function firstWorkday(from: Instant, calendar: CalendarDays, why: Why, close?: BusinessHours): Counted {
  let day = dayOf(from);
  let provisional = false;
  if (close !== undefined && closeOf(day, close) <= from) {
    // Whatever the start day is, it is over for business: its state is not used.
    const kind = dayKind(calendar, day);
    note(why, day, false, kind.working ? 'close-of-business' : kind.why, true, undefined, kind.working ? closing(day, close) : undefined);
    day++;
  }
  for (; ; day++) {
    const kind = dayKind(calendar, day);
    if (!kind.certain) provisional = true;
    note(why, day, kind.working, kind.why, kind.certain);
    if (kind.working) return { dueAt: endsAt(day, close, why), provisional };
  }
}

/** The end of a day, or with roll of the first working day from it on (C5); that the end itself counts is noted before. */
export function rolledEnd(end: Day, calendar: CalendarDays, why: Why): Counted {
  let day = end;
  let kind = dayKind(calendar, day);
  let provisional = !kind.certain;
  while (!kind.working) {
    kind = dayKind(calendar, ++day);
    if (!kind.certain) provisional = true;
    note(why, day, kind.working, kind.working ? 'rolled' : kind.why, kind.certain);
  }
  return { dueAt: endOfDay(day), provisional };
}

/**
 * N hours that run only inside the business hours of working days: a start outside them runs from the next opening, an end
 * that falls on a close is that close. Throws RangeError when the business hours hold no time.
 */
export function countBusinessHours(from: Instant, n: number, business: BusinessHours, calendar: CalendarDays, why: Why): Counted {
  if (!business.periods.some(({ from: opens, to }) => to > opens)) throw new RangeError('the business hours hold no time');
  let left = n * HOUR_MS;
  let provisional = false;
  for (let day = dayOf(from), at = from - startOfDay(day); ; day++, at = 0) {
    const kind = dayKind(calendar, day);
    const times = openTimes(business, day, at, left);
    // A day that is over for business when the limit starts tells nothing, whatever it is.
    if (times.length > 0 && !kind.certain) provisional = true;
    const used = kind.working ? times.reduce((sum, { from: begins, to }) => sum + to - begins, 0) : 0;
    left -= used;
    if (why) noteBusinessDay(why, day, kind, business, times, n * HOUR_MS - left);
    if (used > 0 && left === 0) return { dueAt: startOfDay(day) + times.at(-1)!.to, provisional };
  }
}

/** The open times of a day from `at` on, no longer than `most` together; milliseconds of the day. */
function openTimes(business: BusinessHours, day: Day, at: number, most: number): CountedTime[] {
  const times: CountedTime[] = [];
  let left = most;
  for (const period of periodsOf(business, day)) {
    const from = Math.max(period.from * MINUTE_MS, at);
    const to = Math.min(period.to * MINUTE_MS, from + left);
    if (to <= from) continue;
    times.push({ from, to });
    left -= to - from;
  }
  return times;
}

function noteBusinessDay(
  why: Why,
  day: Day,
  kind: ReturnType<typeof dayKind>,
  business: BusinessHours,
  times: CountedTime[],
  total: number,
): void {
  const short = isShortDay(business, day) ? { short: true as const } : {};
  const more = kind.working ? { times, total, ...short } : undefined;
  note(why, day, kind.working && times.length > 0, kind.why, kind.certain || times.length === 0, undefined, more);
}

/** 24:00 of the day, or its close of business where the pack sets one (C3). */
function endsAt(day: Day, close: BusinessHours | undefined, why: Why): Instant {
  if (close === undefined) return endOfDay(day);
  if (why) note(why, day, true, 'close-of-business', true, undefined, closing(day, close));
  return closeOf(day, close);
}

function closeOf(day: Day, close: BusinessHours): Instant {
  const last = periodsOf(close, day).at(-1);
  if (last === undefined) throw new RangeError('the business hours hold no time');
  return startOfDay(day) + last.to * MINUTE_MS;
}

function closing(day: Day, close: BusinessHours): { times: CountedTime[]; short?: true } {
  const to = closeOf(day, close) - startOfDay(day);
  return { times: [{ from: to, to }], ...(isShortDay(close, day) ? { short: true as const } : {}) };
}
