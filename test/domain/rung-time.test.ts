/** When a rung is reached: percent by the limit's own time, hours by the clock, working days by working days. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rungAt } from '../../domain/case/rung-time.ts';
import { dueOf } from '../../domain/deadline.ts';
import type { LimitRule } from '../../domain/limit.ts';
import type { Rung } from '../../domain/pack.ts';
import { formatDue, parseBeijing } from '../../domain/time.ts';
import { workedAfter, workedBefore, workedBetween } from '../../domain/worked-time.ts';
import { loadCalendar } from '../../packs/load.ts';

const calendar = loadCalendar('cn');
const HOUR = 3_600_000;
const office = {
  periods: [
    { from: 9 * 60, to: 12 * 60 },
    { from: 13 * 60, to: 18 * 60 },
  ],
};

const at = (rung: Omit<Rung, 'role'>, rule: LimitRule, start: string): string | undefined => {
  const startAt = parseBeijing(start);
  const found = rungAt({ role: 'x', ...rung }, { startAt, dueAt: dueOf(rule, startAt, calendar).dueAt }, rule, calendar);
  return found === undefined ? undefined : formatDue(found);
};
const day24: LimitRule = { kind: 'hours', n: 24 };
const workdays = (n: number): LimitRule => ({ kind: 'workdays', n });

describe('before the deadline', () => {
  test.each([
    // Clock hours and calendar days by the clock, through nights and days off.
    [{ percent: 75 }, day24, '2026-03-06 18:00', '2026-03-07 12:00:00'],
    [{ percent: 50 }, { kind: 'days', n: 7, roll: false }, '2026-03-09 00:00', '2026-03-12 24:00:00'],
    // Working days: the start day is not counted, days off stand still. Ten days: 80 % is the end of the eighth.
    [{ percent: 80 }, workdays(10), '2026-03-09 09:30', '2026-03-19 24:00:00'],
    [{ percent: 50 }, workdays(3), '2026-03-06 09:30', '2026-03-10 12:00:00'],
    // Over National Day with its make-up Saturday, 2026-10-10.
    [{ percent: 50 }, workdays(4), '2026-09-29 16:00', '2026-10-08 24:00:00'],
    [{ percent: 50 }, { kind: 'same-workday' }, '2026-03-09 12:00', '2026-03-09 18:00:00'],
    // Business hours by business hours.
    [{ percent: 50 }, { kind: 'business-hours', n: 8, business: office }, '2026-03-09 13:00', '2026-03-09 17:00:00'],
    [{ percent: 75 }, { kind: 'business-hours', n: 8, business: office }, '2026-03-09 13:00', '2026-03-10 10:00:00'],
    [{ percent: 50 }, { kind: 'period+workdays', period: 'month', n: 4 }, '2026-03-05 10:00', '2026-04-02 24:00:00'],
    [{ hours: 6 }, day24, '2026-03-06 18:00', '2026-03-07 12:00:00'],
    [{ workdays: 1 }, workdays(3), '2026-03-06 09:30', '2026-03-10 24:00:00'],
    [{ workdays: 1 }, workdays(1), '2026-03-06 09:30', '2026-03-06 24:00:00'],
    [{ workdays: 1 }, workdays(1), '2026-03-07 09:30', '2026-03-07 09:30:00'],
  ] as [Omit<Rung, 'role'>, LimitRule, string, string][])('%j of %j from %s: %s', (rung, rule, start, expected) => {
    expect(at({ when: 'before', ...rung }, rule, start)).toBe(expected);
  });

  test('a limit that is shorter has no such moment', () => {
    expect(at({ when: 'before', hours: 25 }, day24, '2026-03-09 10:00')).toBeUndefined();
    expect(at({ when: 'before', hours: 24 }, day24, '2026-03-09 10:00')).toBe('2026-03-09 10:00:00');
    expect(at({ when: 'before', workdays: 3 }, workdays(2), '2026-03-09 10:00')).toBeUndefined();
  });
});

describe('after it', () => {
  test.each([
    [{}, workdays(3), '2026-03-06 09:30', '2026-03-11 24:00:00'],
    [{ when: 'after', hours: 2 }, day24, '2026-03-06 18:00', '2026-03-07 20:00:00'],
    [{ when: 'after', percent: 50 }, day24, '2026-03-06 18:00', '2026-03-08 06:00:00'],
    [{ when: 'after', percent: 100 }, workdays(2), '2026-03-09 10:00', '2026-03-13 24:00:00'],
    // Due on Wednesday at 24:00: one working day later is Thursday's end.
    [{ when: 'after', workdays: 1 }, workdays(3), '2026-03-06 09:30', '2026-03-12 24:00:00'],
    [{ afterWorkdays: 1 }, workdays(3), '2026-03-06 09:30', '2026-03-12 24:00:00'],
    [{ when: 'after', workdays: 1 }, day24, '2026-03-05 15:00', '2026-03-09 24:00:00'],
  ] as [Omit<Rung, 'role'>, LimitRule, string, string][])('%j of %j from %s: %s', (rung, rule, start, expected) => {
    expect(at(rung, rule, start)).toBe(expected);
  });
});

const minute = fc.integer({ min: 0, max: 600 * 24 * 60 }).map((m) => parseBeijing('2025-01-01 00:00') + m * 60_000);
const rule = fc.oneof(
  fc.integer({ min: 1, max: 96 }).map((n): LimitRule => ({ kind: 'hours', n })),
  fc.integer({ min: 1, max: 30 }).map((n): LimitRule => ({ kind: 'workdays', n })),
  fc.integer({ min: 1, max: 60 }).map((n): LimitRule => ({ kind: 'days', n, roll: true })),
  fc.integer({ min: 1, max: 40 }).map((n): LimitRule => ({ kind: 'business-hours', n, business: office })),
  fc.integer({ min: 1, max: 9 }).map((n): LimitRule => ({ kind: 'workdays', n, close: office })),
  fc.constant<LimitRule>({ kind: 'same-workday' }),
  fc.integer({ min: 1, max: 9 }).map((n): LimitRule => ({ kind: 'period+workdays', period: 'month', n })),
);

test('a rung at more percent is never reached before one at less, and none before its share of the time has run', () => {
  fc.assert(
    fc.property(
      rule,
      minute,
      fc.integer({ min: 1, max: 99 }),
      fc.integer({ min: 1, max: 99 }),
      fc.integer({ min: 0, max: 72 }),
      (limit, startAt, p, q, moved) => {
        const dueAt = dueOf(limit, startAt, calendar).dueAt + moved * HOUR;
        const when = (percent: number, after?: 'after') =>
          rungAt({ role: 'x', when: after ?? 'before', percent }, { startAt, dueAt }, limit, calendar) ?? NaN;
        const [less, more] = [Math.min(p, q), Math.max(p, q)];
        expect(when(less)).toBeLessThanOrEqual(when(more));
        expect(when(less)).toBeGreaterThanOrEqual(startAt);
        expect(when(more)).toBeLessThan(dueAt);
        expect(when(less, 'after')).toBeGreaterThan(dueAt);
        expect(when(less, 'after')).toBeLessThanOrEqual(when(more, 'after'));
      },
    ),
    { numRuns: 3000 },
  );
});

test('working time forth and back', () => {
  fc.assert(
    fc.property(minute, fc.integer({ min: 1, max: 200 * HOUR }), fc.boolean(), (from, ms, business) => {
      const time = { calendar, ...(business ? { business: office } : {}) };
      const to = workedAfter(from, ms, time) ?? NaN;
      expect(workedBetween(from, to, time)).toBe(ms);
      expect(workedBetween(from, to - 1, time)).toBe(ms - 1);
      const back = workedBefore(to, ms, time) ?? NaN;
      expect(workedBetween(back, to, time)).toBe(ms);
      expect(workedBetween(back - 1, to, time)).toBe(ms + 1);
      expect(back).toBeLessThanOrEqual(from);
    }),
    { numRuns: 2000 },
  );
});

test('a calendar without working days has no working time to find', () => {
  const none = { id: 'none', version: '1', years: {} };
  const never = { calendar: none, business: { periods: [] } };
  expect(workedAfter(0, 1, never)).toBeUndefined();
  expect(workedBefore(0, 1, never)).toBeUndefined();
});
