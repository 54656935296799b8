/** A slow second opinion on deadlines: one day after the other with temporal-polyfill and the notices written out. */
import { Temporal } from 'temporal-polyfill';
import type { BusinessHours } from '../../domain/business-hours.ts';
import type { CalendarPeriod, LimitRule } from '../../domain/limit.ts';
import { DAYS_OFF, MAKE_UP } from './holidays.ts';

export interface Opinion {
  readonly dueAt: number;
  readonly provisional: boolean;
}

type Date = Temporal.PlainDate;

interface WalkedDay {
  readonly date: Date;
  readonly text: string;
  readonly works: boolean;
  readonly doubtful: boolean;
  /** 24:00 of the day. */
  readonly end: number;
}

const doubtFrom = Temporal.PlainDate.from('2026-12-25');
const coveredFrom = Temporal.PlainDate.from('2025-01-01');
const compare = Temporal.PlainDate.compare;
const ONE_DAY = 24 * 60 * 60 * 1000;

/** Every day of the years that the tests reach, walked once. */
const walk: WalkedDay[] = [];
const placeOf = new Map<string, number>();
for (let date = Temporal.PlainDate.from('2024-10-01'); date.year < 2034; date = date.add({ days: 1 })) {
  const text = date.toString();
  placeOf.set(text, walk.length);
  walk.push({
    date,
    text,
    works: MAKE_UP.has(text) || (date.dayOfWeek <= 5 && !DAYS_OFF.has(text)),
    doubtful: compare(date, doubtFrom) >= 0 || compare(date, coveredFrom) < 0,
    end: date.add({ days: 1 }).toZonedDateTime('+08:00').epochMilliseconds,
  });
}

export function opinion(rule: LimitRule, from: number): Opinion {
  const start = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO('+08:00').toPlainDate();
  switch (rule.kind) {
    case 'hours':
      return { dueAt: from + rule.n * 60 * 60 * 1000, provisional: false };
    case 'business-hours':
      return withinHours(from, rule.n, rule.business);
    case 'workdays':
      return closed(nth(start, rule.n), rule.close);
    case 'same-workday': {
      const over = rule.close !== undefined && from >= openings(walk[place(start)]!, rule.close).at(-1)![1];
      return closed(over ? nth(start, 1) : here(start), rule.close);
    }
    case 'days':
      return rule.roll ? here(start.add({ days: rule.n })) : plain(start.add({ days: rule.n }));
    case 'weeks':
      return rule.roll ? here(start.add({ weeks: rule.n })) : plain(start.add({ weeks: rule.n }));
    case 'months':
      return plain(start.add({ months: rule.n }));
    case 'years':
      return plain(start.add({ years: rule.n }));
    case 'period':
      return plain(endOf(start, rule.period));
    case 'period+workdays':
      return closed(nth(endOf(start, rule.period), rule.n), rule.close);
    case 'window':
      return plain(firstFrom(start, (day) => isYearly(day, rule.closes)));
    case 'month-day':
      return plain(firstFrom(start, (day) => day.day === Math.min(rule.day, day.daysInMonth)));
    case 'next-month-day':
      return plain(start.with({ day: 1 }).add({ months: 1 }).with({ day: rule.day }));
    case 'mid-december':
      return plain(start.with({ month: 12, day: rule.day }));
  }
}

const place = (date: Date): number => placeOf.get(date.toString())!;
const plain = (date: Date): Opinion => ({ dueAt: walk[place(date)]!.end, provisional: false });

/** The Nth working day after a day. */
function nth(after: Date, n: number): Opinion {
  let at = place(after);
  let provisional = false;
  for (let left = n; left > 0;) {
    const day = walk[++at]!;
    provisional ||= day.doubtful;
    if (day.works) left -= 1;
  }
  return { dueAt: walk[at]!.end, provisional };
}

/** The day itself if it is a working day, else the next one. */
function here(date: Date): Opinion {
  const day = walk[place(date)]!;
  if (day.works) return { dueAt: day.end, provisional: day.doubtful };
  const next = nth(date, 1);
  return { dueAt: next.dueAt, provisional: day.doubtful || next.provisional };
}

/** Up to the close of business of the day that ends then. */
function closed({ dueAt, provisional }: Opinion, close: BusinessHours | undefined): Opinion {
  if (close === undefined) return { dueAt, provisional };
  const day = walk[(dueAt - walk[0]!.end) / ONE_DAY]!;
  return { dueAt: openings(day, close).at(-1)![1], provisional };
}

/** A day's open stretches as instants. */
function openings(day: WalkedDay, { periods, shortDays }: BusinessHours): [number, number][] {
  const midnight = day.end - ONE_DAY;
  return (shortDays?.[day.text] ?? periods).map(({ from, to }) => [midnight + from * 60_000, midnight + to * 60_000]);
}

/** Stretch by stretch until the time is used up. */
function withinHours(from: number, n: number, business: BusinessHours): Opinion {
  let used = 0;
  let provisional = false;
  const wanted = n * 3600 * 1000;
  for (let at = Math.floor((from - walk[0]!.end) / ONE_DAY) + 1; at < walk.length; at++) {
    const day = walk[at]!;
    for (const [opens, closes] of openings(day, business)) {
      if (closes <= from) continue;
      provisional ||= day.doubtful;
      if (!day.works) continue;
      const begins = opens < from ? from : opens;
      if (used + (closes - begins) >= wanted) return { dueAt: begins + wanted - used, provisional };
      used += closes - begins;
    }
  }
  throw new Error('past the days walked');
}

function endOf(start: Date, period: CalendarPeriod): Date {
  if (period === 'week') return firstFrom(start, (day) => day.dayOfWeek === 7);
  if (period === 'month') return firstFrom(start, (day) => day.day === day.daysInMonth);
  const lasts = { quarter: [3, 6, 9, 12], 'half-year': [6, 12], year: [12] }[period];
  const month = lasts.find((last) => last >= start.month)!;
  return Temporal.PlainDate.from({ year: start.year, month, day: 1 }).add({ months: 1 }).subtract({ days: 1 });
}

function firstFrom(start: Date, is: (day: Date) => boolean): Date {
  let at = place(start);
  while (!is(walk[at]!.date)) at += 1;
  return walk[at]!.date;
}

function isYearly(day: Date, monthDay: string): boolean {
  const text = day.toString().slice(5);
  return text === monthDay || (monthDay === '02-29' && text === '02-28' && !day.inLeapYear);
}
