/** A slow second opinion on deadlines: one day after the other with temporal-polyfill and the notices written out. */
import { Temporal } from 'temporal-polyfill';
import type { LimitRule } from '../../domain/limit.ts';
import { DAYS_OFF, MAKE_UP } from './holidays.ts';

export interface Opinion {
  readonly dueAt: number;
  readonly provisional: boolean;
}

type Date = Temporal.PlainDate;

interface WalkedDay {
  readonly date: Date;
  readonly works: boolean;
  readonly doubtful: boolean;
  /** 24:00 of the day. */
  readonly end: number;
}

const doubtFrom = Temporal.PlainDate.from('2026-12-25');
const coveredFrom = Temporal.PlainDate.from('2025-01-01');
const compare = Temporal.PlainDate.compare;

/** Every day of the years that the tests reach, walked once. */
const walk: WalkedDay[] = [];
const placeOf = new Map<string, number>();
for (let date = Temporal.PlainDate.from('2024-10-01'); date.year < 2034; date = date.add({ days: 1 })) {
  const text = date.toString();
  placeOf.set(text, walk.length);
  walk.push({
    date,
    works: MAKE_UP.has(text) || (date.dayOfWeek <= 5 && !DAYS_OFF.has(text)),
    doubtful: compare(date, doubtFrom) >= 0 || compare(date, coveredFrom) < 0,
    end: date.add({ days: 1 }).toZonedDateTime('+08:00').epochMilliseconds,
  });
}

export function opinion(rule: LimitRule, from: number): Opinion {
  const start = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO('+08:00').toPlainDate();
  if (rule.kind === 'hours') return { dueAt: from + rule.n * 60 * 60 * 1000, provisional: false };
  switch (rule.kind) {
    case 'workdays':
      return nth(start, rule.n);
    case 'same-workday':
      return here(start);
    case 'days':
      return rule.roll ? here(start.add({ days: rule.n })) : plain(start.add({ days: rule.n }));
    case 'months':
      return plain(start.add({ months: rule.n }));
    case 'years':
      return plain(start.add({ years: rule.n }));
    case 'period':
      return plain(endOf(start, rule.period));
    case 'period+workdays':
      return nth(endOf(start, rule.period), rule.n);
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

function endOf(start: Date, period: 'quarter' | 'half-year' | 'year'): Date {
  const lasts = { quarter: [3, 6, 9, 12], 'half-year': [6, 12], year: [12] }[period];
  const month = lasts.find((last) => last >= start.month)!;
  return Temporal.PlainDate.from({ year: start.year, month, day: 1 }).add({ months: 1 }).subtract({ days: 1 });
}
