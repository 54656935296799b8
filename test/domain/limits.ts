/** Random limits of every kind, starts and business hours for the property tests. */
import fc from 'fast-check';
import type { BusinessHours } from '../../domain/business-hours.ts';
import type { LimitRule } from '../../domain/limit.ts';
import { parseBeijing } from '../../domain/time.ts';

const n = (max: number) => fc.integer({ min: 1, max });
const period = fc.constantFrom('week', 'month', 'quarter', 'half-year', 'year');
const two = (value: number) => String(value).padStart(2, '0');
const monthDay = fc
  .tuple(n(12), n(31))
  .map(([month, day]) => `${two(month)}-${two(Math.min(day, [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]!))}`);

/** One to three periods in order, some touching; cut at quarters of an hour. */
const periods = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 6 })
  .map((cuts) => cuts.toSorted((a, b) => a - b))
  .map((cuts) => Array.from({ length: Math.floor(cuts.length / 2) }, (_, i) => ({ from: cuts[2 * i]! * 15, to: cuts[2 * i + 1]! * 15 })));

const shortDate = fc.constantFrom(
  '2025-01-27',
  '2025-09-30',
  '2026-02-13',
  '2026-02-14',
  '2026-09-30',
  '2026-12-24',
  '2026-12-31',
  '2027-02-05',
);

/** At least two hours a day, so that a limit stays within the days that the oracle walks. */
export const businessHours: fc.Arbitrary<BusinessHours> = fc
  .record({ periods, shortDays: fc.dictionary(shortDate, periods, { maxKeys: 4 }) })
  .filter((hours) => hours.periods.reduce((sum, { from, to }) => sum + to - from, 0) >= 120);

const close = fc.option(businessHours, { nil: undefined, freq: 2 });
const withClose = <R extends object>(rule: R, hours: BusinessHours | undefined) => (hours === undefined ? rule : { ...rule, close: hours });

export const rules: fc.Arbitrary<LimitRule> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(fc.record({ kind: fc.constant('workdays' as const), n: n(12) }), close).map((made) => withClose(...made)),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('days' as const), n: n(30), roll: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('business-hours' as const), n: n(60), business: businessHours }) },
  fc.record({ kind: fc.constant('hours' as const), n: n(100) }),
  fc.tuple(fc.constant({ kind: 'same-workday' as const }), close).map((made) => withClose(...made)),
  fc.record({ kind: fc.constant('weeks' as const), n: n(8), roll: fc.boolean() }),
  fc.record({ kind: fc.constant('months' as const), n: n(24) }),
  fc.record({ kind: fc.constant('years' as const), n: n(5) }),
  fc.record({ kind: fc.constant('period' as const), period }),
  fc.tuple(fc.record({ kind: fc.constant('period+workdays' as const), period, n: n(12) }), close).map((made) => withClose(...made)),
  fc.record({ kind: fc.constant('window' as const), opens: monthDay, closes: monthDay }),
  fc.record({ kind: fc.constant('window' as const), closes: monthDay }),
  fc.record({ kind: fc.constant('month-day' as const), day: n(31) }),
  fc.record({ kind: fc.constant('next-month-day' as const), day: n(28) }),
  fc.record({ kind: fc.constant('mid-december' as const), day: n(31) }),
);

const first = parseBeijing('2024-11-01 00:00');
const last = parseBeijing('2027-03-31 24:00');
/** Any millisecond, and as often a whole minute, where periods begin and end. */
export const instants = fc.oneof(
  fc.integer({ min: first, max: last }),
  fc.integer({ min: first / 900_000, max: last / 900_000 }).map((quarter) => quarter * 900_000),
);
