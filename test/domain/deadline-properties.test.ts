import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CalendarDays } from '../../domain/calendar.ts';
import { dayKind } from '../../domain/calendar.ts';
import { deadline, dueOf } from '../../domain/deadline.ts';
import { dateOf, dayFromDate, dayOf, startOfDay } from '../../domain/time.ts';
import { loadCalendar } from '../../packs/load.ts';
import { businessHours, instants, rules } from './limits.ts';
import { opinion } from './oracle.ts';

const cn = loadCalendar('cn');

describe('deadlines', () => {
  test('100,000 random ones equal a day-by-day second opinion', { timeout: 120_000 }, () => {
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
        if (rule.kind === 'workdays') expect(why.filter((line) => line.counted && line.n !== undefined)).toHaveLength(rule.n);
        if (rule.kind === 'business-hours') expect(why.at(-1)?.total).toBe(rule.n * 3_600_000);
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

  test('no limit is due before it starts, except a named day of December', () => {
    fc.assert(
      fc.property(
        rules.filter((rule) => rule.kind !== 'mid-december'),
        instants,
        (rule, from) => {
          expect(dueOf(rule, from, cn).dueAt).toBeGreaterThan(from);
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('computed again, by itself or with a calendar read again, it is the same', () => {
    const again = loadCalendar('cn');
    fc.assert(
      fc.property(rules, instants, (rule, from) => {
        const once = deadline(rule, from, cn);
        expect(deadline(rule, from, cn)).toEqual(once);
        expect(deadline(structuredClone(rule), from, again)).toEqual(once);
      }),
      { numRuns: 1000 },
    );
  });

  test('one more day off never makes a limit due earlier', () => {
    const gone = fc.integer({ min: dayFromDate('2025-01-01'), max: dayFromDate('2026-12-31') });
    fc.assert(
      fc.property(rules, instants, gone, (rule, from, day) => {
        expect(dueOf(rule, from, withDayOff(cn, day)).dueAt).toBeGreaterThanOrEqual(dueOf(rule, from, cn).dueAt);
      }),
      { numRuns: 2000 },
    );
  });

  test('provisional exactly when another state of an uncertain day could be seen', () => {
    fc.assert(
      fc.property(rules, instants, (rule, from) => {
        const { provisional, why } = deadline(rule, from, cn);
        const uncertain = why.filter((line) => line.reason !== 'start-day' && !line.certain).map((line) => dayFromDate(line.day));
        expect(uncertain.every((day) => !dayKind(cn, day).certain)).toBe(true);
        expect(uncertain.length > 0).toBe(provisional);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('business hours', () => {
  test('equal a count minute by minute', () => {
    fc.assert(
      fc.property(businessHours, fc.integer({ min: 1, max: 30 }), instants, (business, n, start) => {
        const from = Math.floor(start / 60_000) * 60_000;
        let at = from;
        for (let left = n * 60; left > 0; at += 60_000) {
          const day = dayOf(at);
          const minute = (at - startOfDay(day)) / 60_000;
          const open = (business.shortDays?.[dateOf(day)] ?? business.periods).some((one) => one.from <= minute && minute < one.to);
          if (open && dayKind(cn, day).working) left -= 1;
        }
        expect(dueOf({ kind: 'business-hours', n, business }, from, cn).dueAt).toBe(at);
      }),
      { numRuns: 300 },
    );
  });
});

/** The calendar with a day more off; a make-up workday that is taken back is off, too. */
function withDayOff(calendar: CalendarDays, day: number): CalendarDays {
  const date = dateOf(day);
  const year = date.slice(0, 4);
  const data = calendar.years[year]!;
  const own = date.slice(5);
  return {
    ...calendar,
    years: { ...calendar.years, [year]: { ...data, off: [...data.off, own], work: data.work.filter((work) => work !== own) } },
  };
}
