import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deadline, dueOf } from '../../domain/deadline.ts';
import type { LimitRule } from '../../domain/limit.ts';
import { parseBeijing } from '../../domain/time.ts';
import { loadCalendar } from '../../packs/load.ts';
import { opinion } from './oracle.ts';

const cn = loadCalendar('cn');
const n = (max: number) => fc.integer({ min: 1, max });
const period = fc.constantFrom('quarter', 'half-year', 'year');
const rules: fc.Arbitrary<LimitRule> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('workdays' as const), n: n(12) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('days' as const), n: n(30), roll: fc.boolean() }) },
  fc.record({ kind: fc.constant('hours' as const), n: n(100) }),
  fc.constant({ kind: 'same-workday' as const }),
  fc.record({ kind: fc.constant('months' as const), n: n(24) }),
  fc.record({ kind: fc.constant('years' as const), n: n(5) }),
  fc.record({ kind: fc.constant('period' as const), period }),
  fc.record({ kind: fc.constant('period+workdays' as const), period, n: n(12) }),
  fc.record({ kind: fc.constant('next-month-day' as const), day: n(28) }),
  fc.record({ kind: fc.constant('mid-december' as const), day: n(31) }),
);
const instants = fc.integer({ min: parseBeijing('2024-11-01 00:00'), max: parseBeijing('2027-03-31 24:00') });

describe('deadlines', () => {
  test('100,000 random ones equal a day-by-day second opinion', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(rules, instants, (rule, from) => {
        const mine = dueOf(rule, from, cn);
        const other = opinion(rule, from);
        return mine.dueAt === other.dueAt && mine.provisional === other.provisional;
      }),
      { numRuns: 100_000 },
    );
  });

  test('with and without reasons are the same, and the reasons tell what is provisional', () => {
    fc.assert(
      fc.property(rules, instants, (rule, from) => {
        const { why, ...due } = deadline(rule, from, cn);
        expect(dueOf(rule, from, cn)).toEqual(due);
        expect(why.length).toBeGreaterThan(0);
        expect(why.some((line) => !line.certain)).toBe(due.provisional);
        if (rule.kind === 'workdays') expect(why.filter((line) => line.counted)).toHaveLength(rule.n);
      }),
      { numRuns: 3000 },
    );
  });

  test('a later start is never due earlier', () => {
    fc.assert(
      fc.property(rules, instants, fc.integer({ min: 0, max: 40 * 86_400_000 }), (rule, from, later) => {
        expect(dueOf(rule, from + later, cn).dueAt).toBeGreaterThanOrEqual(dueOf(rule, from, cn).dueAt);
      }),
      { numRuns: 5000 },
    );
  });

  test('no limit is due before it starts, except a named day of the year', () => {
    fc.assert(
      fc.property(
        rules.filter((rule) => rule.kind !== 'mid-december'),
        instants,
        (rule, from) => {
          expect(dueOf(rule, from, cn).dueAt).toBeGreaterThan(from);
        },
      ),
    );
  });

  test('a million are computed in under five seconds', { timeout: 30_000 }, () => {
    const first = parseBeijing('2025-01-01 00:00');
    const span = 730 * 86_400_000;
    const started = performance.now();
    for (let i = 0; i < 1_000_000; i++) dueOf({ kind: 'workdays', n: 1 + (i % 10) }, first + ((i * 63_113) % span), cn);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
