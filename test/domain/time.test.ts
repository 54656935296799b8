import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { addMonths, toCivil, toDay } from '../../domain/civil.ts';
import {
  dateOf,
  dayFromDate,
  dayOf,
  endOfDay,
  formatDue,
  formatInstant,
  isoBeijing,
  parseBeijing,
  startOfDay,
  TimeError,
  weekday,
} from '../../domain/time.ts';

const firstDay = toDay(1, 1, 1);
const lastDay = toDay(9999, 12, 31);
const days = fc.integer({ min: firstDay, max: lastDay });
const instants = fc.integer({ min: startOfDay(firstDay), max: endOfDay(lastDay) - 1 });
const plain = (day: number) => Temporal.PlainDate.from('1970-01-01').add({ days: day });

describe('days agree with an independent calendar', () => {
  test('date, weekday and day number', () => {
    fc.assert(
      fc.property(days, (day) => {
        const date = plain(day);
        expect(toCivil(day)).toEqual({ year: date.year, month: date.month, day: date.day });
        expect(toDay(date.year, date.month, date.day)).toBe(day);
        expect(weekday(day)).toBe(date.dayOfWeek);
        expect(dateOf(day)).toBe(date.toString());
        expect(dayFromDate(dateOf(day))).toBe(day);
      }),
      { numRuns: 2000 },
    );
  });

  test('months later: corresponding day, else the last of the month', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30_000 }), fc.integer({ min: 0, max: 240 }), (day, months) => {
        expect(dateOf(addMonths(day, months))).toBe(plain(day).add({ months }).toString());
      }),
    );
    expect(dateOf(addMonths(dayFromDate('2024-02-29'), 12))).toBe('2025-02-28');
    expect(dateOf(addMonths(dayFromDate('2025-11-30'), 3))).toBe('2026-02-28');
  });

  test('the Beijing day of an instant', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        const there = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO('+08:00');
        expect(dateOf(dayOf(instant))).toBe(there.toPlainDate().toString());
        expect(isoBeijing(instant)).toBe(there.toString({ timeZoneName: 'never', fractionalSecondDigits: instant % 1000 === 0 ? 0 : 3 }));
      }),
    );
  });
});

describe('writing and reading', () => {
  test('midnight belongs to the day that begins, a due instant to the day that ends', () => {
    const midnight = parseBeijing('2026-10-16 00:00');
    expect(dateOf(dayOf(midnight))).toBe('2026-10-16');
    expect(dateOf(dayOf(midnight - 1))).toBe('2026-10-15');
    expect(formatInstant(midnight)).toBe('2026-10-16 00:00:00');
    expect(formatDue(midnight)).toBe('2026-10-15 24:00:00');
    expect(formatDue(midnight + 1)).toBe('2026-10-16 00:00:00.001');
    expect(parseBeijing('2026-10-15 24:00')).toBe(midnight);
    expect(parseBeijing('2026-12-31 24:00:00')).toBe(parseBeijing('2027-01-01 00:00'));
  });

  test('every form reads back to the same instant', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        expect(parseBeijing(formatInstant(instant))).toBe(instant);
        expect(parseBeijing(isoBeijing(instant))).toBe(instant);
        expect(parseBeijing(formatDue(Math.max(instant, startOfDay(firstDay + 1))))).toBe(Math.max(instant, startOfDay(firstDay + 1)));
      }),
    );
  });

  test.for([
    ['2026-03-09 09:20', '2026-03-09T01:20:00Z'],
    ['2026-03-09 09:20:30.5', '2026-03-09T01:20:30.5Z'],
    ['2026-03-09T01:20:00Z', '2026-03-09T01:20:00Z'],
    ['2026-03-08T20:20:00-05:00', '2026-03-09T01:20:00Z'],
    ['2026-03-09T06:50:00+05:30', '2026-03-09T01:20:00Z'],
    [' 2026-03-09 09:20:00+08:00 ', '2026-03-09T01:20:00Z'],
  ] as const)('%s', ([text, utc]) => {
    expect(parseBeijing(text)).toBe(Temporal.Instant.from(utc).epochMilliseconds);
  });

  test.for([
    ['2026-02-30 10:00', 'has no day 30', '没有30日'],
    ['2025-02-29 10:00', 'has no day 29', '没有29日'],
    ['2026-13-01 10:00', 'no month 13', '没有13月'],
    ['2026-00-01 10:00', 'no month 0', '没有0月'],
    ['2026-01-00 10:00', 'has no day 0', '没有0日'],
    ['0000-01-01 10:00', 'no year 0', '没有公元0年'],
    ['2026-01-01T10:00', 'lacks its zone', '缺少时区'],
    ['2026-01-01', 'lacks the time of day', '缺少时刻'],
    ['2026-01-01 24:01', 'does not exist', '不存在'],
    ['2026-01-01 25:00', 'does not exist', '不存在'],
    ['2026-01-01 10:60', 'does not exist', '不存在'],
    ['2026-01-01 10:00:60', 'does not exist', '不存在'],
    ['2026-01-01T10:00+15:00', 'no zone', '时区不存在'],
    ['1/2/2026 10:00', 'not a time like', '形式的时间'],
    ['2026-1-2 10:00', 'not a time like', '形式的时间'],
    ['2026-01-01 10:00:00.1234', 'not a time like', '形式的时间'],
    ['', 'not a time like', '形式的时间'],
  ] as const)('refuses %s', ([text, en, zh]) => {
    let error: unknown;
    try {
      parseBeijing(text);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(TimeError);
    expect((error as TimeError).message).toContain(en);
    expect((error as TimeError).zh).toContain(zh);
  });
});
