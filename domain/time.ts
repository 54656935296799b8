/**
 * Instants and days of business time. All packs live in one zone, UTC+8 without summer time (C1); it is made explicit
 * here, so that no process setting can move a deadline. An event at exactly 00:00:00 belongs to the day that begins.
 */
import { monthLength, toCivil, toDay, type Day } from './civil.ts';

export type { Day } from './civil.ts';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
const BEIJING_MS = 8 * HOUR_MS;

/** What is wrong with a date or time, in both languages; `message` is the English one. */
export class TimeError extends Error {
  override readonly name = 'TimeError';
  readonly zh: string;
  constructor(zh: string, en: string) {
    super(en);
    this.zh = zh;
  }
}

/** The Beijing day that holds an instant. */
export function dayOf(instant: Instant): Day {
  return Math.floor((instant + BEIJING_MS) / DAY_MS);
}

/** 00:00:00.000 of a Beijing day. */
export function startOfDay(day: Day): Instant {
  return day * DAY_MS - BEIJING_MS;
}

/** 24:00 of a Beijing day, which is 00:00:00.000 of the next (C7). */
export function endOfDay(day: Day): Instant {
  return startOfDay(day + 1);
}

/** 1 = Monday … 7 = Sunday. */
export function weekday(day: Day): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** `YYYY-MM-DD`. Throws TimeError outside the years 1-9999. */
export function dateOf(day: Day): string {
  const { year, month, day: d } = toCivil(day);
  if (!(year >= 1 && year <= 9999)) throw new TimeError('日期须在公元1年至9999年之间。', 'The date is outside the years 1 to 9999.');
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(d, 2)}`;
}

/** Reads `YYYY-MM-DD`. Throws TimeError that names what is wrong. */
export function dayFromDate(text: string): Day {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!m) throw new TimeError(`“${text}”不是 YYYY-MM-DD 形式的日期。`, `"${text}" is not a date like 2026-03-09.`);
  return checkedDay(Number(m[1]), Number(m[2]), Number(m[3]), text);
}

/** `YYYY-MM-DD HH:MM:SS`, with `.mmm` only when it is not zero. */
export function formatInstant(instant: Instant): string {
  const day = dayOf(instant);
  return `${dateOf(day)} ${clock(instant - startOfDay(day))}`;
}

/** As `formatInstant`, but midnight is the end of the day before: `2026-10-15 24:00:00`. */
export function formatDue(instant: Instant): string {
  const day = dayOf(instant);
  return instant === startOfDay(day) ? `${dateOf(day - 1)} 24:00:00` : formatInstant(instant);
}

/** ISO 8601 with the Beijing offset: `2026-03-09T09:20:00+08:00`. */
export function isoBeijing(instant: Instant): string {
  return `${formatInstant(instant).replace(' ', 'T')}+08:00`;
}

const FORM = /^(\d{4})-(\d{2})-(\d{2})(?:([ T])(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * Reads `YYYY-MM-DD HH:MM[:SS[.mmm]]` as Beijing time, or ISO 8601 with an explicit offset or `Z`; `24:00` is the end
 * of the day. Throws TimeError that names what is wrong: a day that does not exist, a `T` form without a zone …
 */
export function parseBeijing(text: string): Instant {
  const m = FORM.exec(text.trim());
  if (!m) throw new TimeError(`“${text}”不是 2026-03-09 09:20 形式的时间。`, `"${text}" is not a time like 2026-03-09 09:20.`);
  const day = checkedDay(Number(m[1]), Number(m[2]), Number(m[3]), text);
  if (m[4] === undefined) throw new TimeError(`“${text}”缺少时刻。`, `"${text}" lacks the time of day.`);
  if (m[4] === 'T' && m[9] === undefined) {
    throw new TimeError(`“${text}”缺少时区,如 +08:00。`, `"${text}" lacks its zone, such as +08:00.`);
  }
  const hour = Number(m[5]);
  const rest = Number(m[6]) * 60_000 + Number(m[7] ?? 0) * 1000 + Number((m[8] ?? '').padEnd(3, '0'));
  if (hour > 24 || (hour === 24 && rest > 0) || Number(m[6]) > 59 || Number(m[7] ?? 0) > 59) {
    throw new TimeError(`“${text}”的时刻不存在。`, `"${text}" names a time of day that does not exist.`);
  }
  return startOfDay(day) + hour * HOUR_MS + rest + (m[9] === undefined ? 0 : BEIJING_MS - offsetMs(m[9], text));
}

/** What people enter lies between these days: no company has older promises, and what the store and its terms can hold ends far behind. */
export const ENTERED = { first: '1900-01-01', last: '2199-12-31' } as const;

/** The instant, when it lies in the years that are entered. @throws TimeError that names the bounds */
export function withinEntered(instant: Instant, text: string): Instant {
  const { first, last } = ENTERED;
  if (instant >= startOfDay(dayFromDate(first)) && instant <= startOfDay(dayFromDate(last)) + 24 * HOUR_MS) return instant;
  throw new TimeError(`“${text}”不在${first}至${last}之间。`, `"${text}" does not lie between ${first} and ${last}.`);
}

function checkedDay(year: number, month: number, day: number, text: string): Day {
  if (year < 1) throw new TimeError(`“${text}”:没有公元0年。`, `"${text}": there is no year 0.`);
  if (month < 1 || month > 12) throw new TimeError(`“${text}”:没有${month}月。`, `"${text}": there is no month ${month}.`);
  if (day < 1 || day > monthLength(year, month)) {
    throw new TimeError(`“${text}”:${year}年${month}月没有${day}日。`, `"${text}": ${year}-${pad(month, 2)} has no day ${day}.`);
  }
  return toDay(year, month, day);
}

function offsetMs(zone: string, text: string): number {
  if (zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4));
  if (hours * 60 + minutes > 14 * 60 || minutes > 59) {
    throw new TimeError(`“${text}”的时区不存在。`, `"${text}": no zone is ${zone} from UTC.`);
  }
  return (zone.startsWith('-') ? -1 : 1) * (hours * HOUR_MS + minutes * 60_000);
}

function clock(ms: number): string {
  const milli = ms % 1000;
  const s = Math.floor(ms / 1000);
  const text = `${pad(Math.floor(s / 3600), 2)}:${pad(Math.floor(s / 60) % 60, 2)}:${pad(s % 60, 2)}`;
  return milli === 0 ? text : `${text}.${pad(milli, 3)}`;
}

function pad(n: number, width: number): string {
  return String(n).padStart(width, '0');
}
