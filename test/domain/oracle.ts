/** A slow second opinion on deadlines: one day after the other with temporal-polyfill and the notices written out. */
import { Temporal } from 'temporal-polyfill';
import type { LimitRule } from '../../domain/limit.ts';
import { DAYS_OFF, MAKE_UP } from './holidays.ts';

export interface Opinion {
  readonly dueAt: number;
  readonly provisional: boolean;
}

type Date = Temporal.PlainDate;

const doubtFrom = Temporal.PlainDate.from('2026-12-25');
const coveredFrom = Temporal.PlainDate.from('2025-01-01');

export function opinion(rule: LimitRule, from: number): Opinion {
  const start = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO('+08:00').toPlainDate();
  let provisional = false;
  const works = (day: Date): boolean => {
    if (Temporal.PlainDate.compare(day, doubtFrom) >= 0 || Temporal.PlainDate.compare(day, coveredFrom) < 0) provisional = true;
    const text = day.toString();
    return MAKE_UP.has(text) || (day.dayOfWeek <= 5 && !DAYS_OFF.has(text));
  };
  const nth = (after: Date, n: number): Date => {
    let day = after;
    for (let left = n; left > 0; ) {
      day = day.add({ days: 1 });
      if (works(day)) left -= 1;
    }
    return day;
  };
  const next = (day: Date): Date => (works(day) ? day : nth(day, 1));
  const endOf = (period: 'quarter' | 'half-year' | 'year'): Date => {
    const lasts = { quarter: [3, 6, 9, 12], 'half-year': [6, 12], year: [12] }[period];
    const month = lasts.find((last) => last >= start.month)!;
    return Temporal.PlainDate.from({ year: start.year, month, day: 1 }).add({ months: 1 }).subtract({ days: 1 });
  };
  const last = ((): Date | undefined => {
    switch (rule.kind) {
      case 'hours': return undefined;
      case 'workdays': return nth(start, rule.n);
      case 'same-workday': return next(start);
      case 'days': return rule.roll ? next(start.add({ days: rule.n })) : start.add({ days: rule.n });
      case 'months': return start.add({ months: rule.n });
      case 'years': return start.add({ years: rule.n });
      case 'period': return endOf(rule.period);
      case 'period+workdays': return nth(endOf(rule.period), rule.n);
      case 'next-month-day': return start.with({ day: 1 }).add({ months: 1 }).with({ day: rule.day });
      case 'mid-december': return start.with({ month: 12, day: rule.day });
    }
  })();
  if (last === undefined) return { dueAt: from + (rule as { n: number }).n * 3_600_000, provisional };
  return { dueAt: last.add({ days: 1 }).toZonedDateTime('+08:00').epochMilliseconds, provisional };
}
