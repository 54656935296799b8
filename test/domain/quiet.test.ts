/** Quiet hours: over midnight, by day, with days off; never for the duties of clock hours. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { QuietHours } from '../../domain/pack.ts';
import { notBefore } from '../../domain/quiet.ts';
import { formatInstant, parseBeijing as t } from '../../domain/time.ts';
import { loadCalendar } from '../../packs/load.ts';

const calendar = loadCalendar('cn');
const night: QuietHours = { from: '21:00', to: '08:00' };
const leaves = (quiet: QuietHours, at: string): string => {
  const until = notBefore(quiet, t(at), calendar);
  return until === undefined ? 'at once' : formatInstant(until);
};

test.each([
  [night, '2026-03-12 20:59:59.999', 'at once'],
  [night, '2026-03-12 21:00', '2026-03-13 08:00:00'],
  [night, '2026-03-13 00:00', '2026-03-13 08:00:00'],
  [night, '2026-03-13 07:59:59.999', '2026-03-13 08:00:00'],
  [night, '2026-03-13 08:00', 'at once'],
  [night, '2026-03-14 12:00', 'at once'],
  [{ from: '12:00', to: '13:30' }, '2026-03-12 12:30', '2026-03-12 13:30:00'],
  [{ from: '12:00', to: '13:30' }, '2026-03-12 13:30', 'at once'],
  // Days off are quiet all day: from Friday night to Monday morning, over National Day to its make-up Saturday.
  [{ ...night, daysOff: true }, '2026-03-13 21:30', '2026-03-16 08:00:00'],
  [{ ...night, daysOff: true }, '2026-03-14 12:00', '2026-03-16 08:00:00'],
  [{ ...night, daysOff: true }, '2026-10-09 22:00', '2026-10-10 08:00:00'],
  [{ ...night, daysOff: true }, '2026-10-10 12:00', 'at once'],
  [{ ...night, daysOff: true }, '2026-09-30 21:00', '2026-10-08 08:00:00'],
] as [QuietHours, string, string][])('%j, %s: %s', (quiet, at, expected) => {
  expect(leaves(quiet, at)).toBe(expected);
});

test('clock hours run through the night, and so do their notices', () => {
  expect(notBefore(night, t('2026-03-12 23:00'), calendar, { kind: 'hours', n: 24 })).toBeUndefined();
  expect(notBefore(night, t('2026-03-12 23:00'), calendar, { kind: 'workdays', n: 1 })).toBe(t('2026-03-13 08:00'));
  expect(notBefore(undefined, t('2026-03-12 23:00'), calendar)).toBeUndefined();
});

test('never earlier, never into another quiet stretch, and no later than it must be', () => {
  const clock = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '30'))
    .map(([h, m]) => `${String(h).padStart(2, '0')}:${m}`);
  const quiets = fc.record({ from: clock, to: clock, daysOff: fc.constantFrom(undefined, true as const) }).filter((q) => q.from !== q.to);
  fc.assert(
    fc.property(quiets, fc.integer({ min: 0, max: 700 * 24 * 60 }), ({ from, to, daysOff }, minutes) => {
      const quiet = { from, to, ...(daysOff ? { daysOff } : {}) };
      const at = t('2025-01-01 00:00') + minutes * 60_000;
      const until = notBefore(quiet, at, calendar);
      if (until === undefined) return;
      expect(until).toBeGreaterThan(at);
      expect(notBefore(quiet, until, calendar)).toBeUndefined();
      expect(notBefore(quiet, until - 1, calendar)).toBe(until);
    }),
  );
});
