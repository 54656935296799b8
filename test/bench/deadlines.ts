/** A million deadlines in the domain: every kind of limit in turn, starts spread over two years, one process, no server. */
import { dueOf } from '../../domain/deadline.ts';
import type { LimitRule } from '../../domain/limit.ts';
import { DAY_MS, parseBeijing } from '../../domain/time.ts';
import { loadCalendar } from '../../packs/load.ts';

const business = {
  periods: [
    { from: 540, to: 720 },
    { from: 810, to: 1080 },
  ],
  shortDays: { '2025-01-27': [{ from: 540, to: 720 }], '2026-09-30': [{ from: 540, to: 720 }] },
};

const rules: readonly LimitRule[] = [
  { kind: 'hours', n: 24 },
  { kind: 'business-hours', n: 4, business },
  { kind: 'business-hours', n: 24, business },
  { kind: 'workdays', n: 1 },
  { kind: 'workdays', n: 3 },
  { kind: 'workdays', n: 10 },
  { kind: 'workdays', n: 7, close: business },
  { kind: 'same-workday' },
  { kind: 'same-workday', close: business },
  { kind: 'days', n: 7, roll: true },
  { kind: 'days', n: 60, roll: false },
  { kind: 'weeks', n: 2, roll: true },
  { kind: 'months', n: 3 },
  { kind: 'years', n: 1 },
  { kind: 'period', period: 'half-year' },
  { kind: 'period+workdays', period: 'quarter', n: 5 },
  { kind: 'window', opens: '12-01', closes: '12-31' },
  { kind: 'month-day', day: 5 },
  { kind: 'next-month-day', day: 5 },
  { kind: 'mid-december', day: 20 },
];

const COUNT = 1_000_000;

/** Seconds for a million, and how many of them are provisional, which shows that they were computed. */
export function countDeadlines(): { millionDeadlinesSeconds: number; provisionalOfMillion: number } {
  const calendar = loadCalendar('cn');
  const first = parseBeijing('2025-01-01 00:00');
  const span = 730 * DAY_MS;
  let provisional = 0;
  const started = performance.now();
  for (let i = 0; i < COUNT; i++) {
    if (dueOf(rules[i % rules.length]!, first + ((i * 63_113_000) % span), calendar).provisional) provisional += 1;
  }
  return { millionDeadlinesSeconds: (performance.now() - started) / 1000, provisionalOfMillion: provisional };
}
