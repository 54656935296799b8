import { describe, expect, test } from 'vitest';
import type { CalendarDays } from '../../domain/calendar.ts';
import { deadline } from '../../domain/deadline.ts';
import type { LimitRule } from '../../domain/limit.ts';
import { boundFrom } from '../../domain/limit-start.ts';
import { formatDue, formatInstant, parseBeijing } from '../../domain/time.ts';
import { loadCalendar, loadPack } from '../../packs/load.ts';
import { withSettings } from '../../packs/settings.ts';

const cn = loadCalendar('cn');
const cs19 = loadPack('s3-cs19');
const due = (rule: LimitRule, from: string, calendar: CalendarDays = cn) => {
  const { dueAt, provisional } = deadline(rule, parseBeijing(from), calendar);
  return `${formatDue(dueAt)}${provisional ? ' provisional' : ''}`;
};
const workdays = (n: number): LimitRule => ({ kind: 'workdays', n });

describe('dates of the repair procedure', () => {
  test.for([
    // limit, start, due, answers that a simpler rule would give
    ['survey', '2026-03-09 09:20', '2026-03-10', []],
    ['departmentFeedback', '2026-03-09 11:00', '2026-03-12', []],
    ['weeklyItem', '2026-03-09 09:20', '2026-03-16', []],
    ['repairSingle', '2026-03-10 10:00', '2026-03-13', []],
    ['followUpCall', '2026-03-12 16:00', '2026-03-13', []],
    ['survey', '2026-09-18 17:30', '2026-09-20', ['2026-09-21']], // make-up Sunday, not Monday
    ['repairSingle', '2026-09-21 10:00', '2026-09-24', []],
    ['survey', '2026-09-29 16:00', '2026-09-30', []],
    ['repairMulti', '2026-09-30 11:00', '2026-10-15', ['2026-10-09', '2026-10-16']], // no holidays; make-up Saturday missed
    ['departmentFeedback', '2025-12-31 17:45', '2026-01-06', ['2026-01-05', '2026-01-07']], // make-up Sunday 4 January
    ['weeklyItem', '2026-09-24 10:00', '2026-10-08', ['2026-10-01']], // rolls out of National Day
    ['other', '2026-09-24 10:00', '2026-10-08', ['2026-10-01']],
    ['repairSingle', '2026-04-30 10:00', '2026-05-08', ['2026-05-05', '2026-05-06']],
    ['repairSingle', '2026-06-15 09:00', '2026-06-18', []],
    ['followUpCall', '2026-06-18 17:00', '2026-06-22', ['2026-06-19']], // Dragon Boat
    ['survey', '2026-06-22 15:00', '2026-06-23', []],
    ['repairSingle', '2026-06-23 09:00', '2026-06-26', []],
    ['followUpCall', '2026-06-25 11:00', '2026-06-26', []],
    ['repairMulti', '2026-11-03 10:00', '2026-11-12', []],
    ['majorReport', '2026-04-13 10:30', '2026-04-13', []],
    ['majorMeasures', '2026-04-13 10:30', '2026-04-15', []],
    ['approval', '2026-03-10 10:00', '2026-03-12', []],
    ['nextVersion', '2026-03-06 09:00', '2026-03-11', []],
    ['caseClosure', '2026-03-09 09:20', '2026-05-08', []],
    ['firstVisitRound', '2026-11-30 09:00', '2027-02-28', []],
    ['equipmentYear', '2024-02-29 09:00', '2025-02-28', []],
    ['quarterlyReport', '2026-08-01 09:00', '2026-10-13', []],
    ['surveyCheckYear', '2026-08-01 09:00', '2026-12-31', []],
  ] as const)('%s from %s is due %s', ([limit, from, date, wrong]) => {
    expect(due(cs19.rules.limits[limit]!, from)).toBe(`${date} 24:00:00`);
    for (const other of wrong) expect(due(cs19.rules.limits[limit]!, from)).not.toBe(`${other} 24:00:00`);
  });

  test('without roll the week ends on the holiday', () => {
    const plain = withSettings(cs19, { roll: 'none' });
    expect(due(plain.rules.limits['weeklyItem']!, '2026-09-24 10:00')).toBe('2026-10-01 24:00:00');
    expect(due(plain.rules.limits['other']!, '2026-09-24 10:00')).toBe('2026-10-01 24:00:00');
  });
});

describe('dates of the other procedures', () => {
  test.for([
    [workdays(2), '2026-02-13 11:00', '2026-02-24 24:00:00', '2026-02-17 24:00:00'],
    [workdays(10), '2026-02-13 11:00', '2026-03-05 24:00:00', '2026-02-27 24:00:00'],
    [workdays(3), '2026-03-06 09:00', '2026-03-11 24:00:00', undefined],
    [workdays(2), '2026-05-11 09:00', '2026-05-13 24:00:00', undefined],
    [workdays(10), '2026-05-11 09:00', '2026-05-25 24:00:00', undefined],
    [workdays(2), '2026-08-03 14:00', '2026-08-05 24:00:00', undefined],
    [workdays(10), '2026-08-03 14:00', '2026-08-17 24:00:00', undefined],
    [{ kind: 'days', n: 20, roll: false }, '2026-08-03 14:00', '2026-08-23 24:00:00', '2026-08-24 24:00:00'],
    [{ kind: 'hours', n: 4 }, '2026-02-13 11:00', '2026-02-13 15:00:00', undefined],
    [{ kind: 'hours', n: 24 }, '2026-10-01 14:30:00', '2026-10-02 14:30:00', '2026-10-09 14:30:00'],
    [{ kind: 'hours', n: 2 }, '2026-10-01 14:30:00', '2026-10-01 16:30:00', undefined],
    [{ kind: 'hours', n: 12 }, '2026-10-01 12:00:00', '2026-10-01 24:00:00', undefined],
    [{ kind: 'period', period: 'half-year' }, '2026-02-03 10:00', '2026-06-30 24:00:00', undefined],
    [{ kind: 'period', period: 'half-year' }, '2026-07-01 00:00', '2026-12-31 24:00:00', undefined],
    [{ kind: 'period+workdays', period: 'quarter', n: 5 }, '2026-09-30 23:59:59', '2026-10-13 24:00:00', '2026-10-14 24:00:00'],
    [{ kind: 'next-month-day', day: 5 }, '2025-12-10 09:00', '2026-01-05 24:00:00', '2026-01-06 24:00:00'],
    [{ kind: 'mid-december', day: 20 }, '2026-03-01 09:00', '2026-12-20 24:00:00', undefined],
    [workdays(2), '2026-03-16 10:00', '2026-03-18 24:00:00', undefined],
  ] as const)('%j from %s is due %s', ([rule, from, expected, wrong]) => {
    expect(due(rule, from)).toBe(expected);
    if (wrong !== undefined) expect(due(rule, from)).not.toBe(wrong);
  });
});

describe('windows, weeks and named days', () => {
  const december: LimitRule = { kind: 'window', opens: '12-01', closes: '12-31' };

  test.for([
    [december, '2026-03-01 09:00', '2026-12-31 24:00:00'],
    [december, '2026-12-31 23:59', '2026-12-31 24:00:00'],
    [december, '2026-12-31 24:00', '2027-12-31 24:00:00'],
    [{ kind: 'window', opens: '12-15', closes: '01-05' }, '2026-03-01 09:00', '2027-01-05 24:00:00'],
    [{ kind: 'window', opens: '12-15', closes: '01-05' }, '2026-01-05 23:59', '2026-01-05 24:00:00'],
    [{ kind: 'window', closes: '01-05' }, '2025-12-10 09:00', '2026-01-05 24:00:00'],
    [{ kind: 'window', closes: '02-29' }, '2026-01-10 09:00', '2026-02-28 24:00:00'],
    [{ kind: 'month-day', day: 5 }, '2026-03-05 23:59', '2026-03-05 24:00:00'],
    [{ kind: 'month-day', day: 5 }, '2026-03-06 00:00', '2026-04-05 24:00:00'],
    [{ kind: 'month-day', day: 31 }, '2026-02-10 09:00', '2026-02-28 24:00:00'],
    [{ kind: 'weeks', n: 1, roll: true }, '2026-09-24 10:00', '2026-10-08 24:00:00'],
    [{ kind: 'weeks', n: 1, roll: false }, '2026-09-24 10:00', '2026-10-01 24:00:00'],
    [{ kind: 'weeks', n: 2, roll: false }, '2026-12-28 10:00', '2027-01-11 24:00:00'],
    [{ kind: 'period', period: 'week' }, '2026-03-02 00:00', '2026-03-08 24:00:00'],
    [{ kind: 'period', period: 'month' }, '2026-02-10 10:00', '2026-02-28 24:00:00'],
    [{ kind: 'period+workdays', period: 'month', n: 5 }, '2026-09-30 10:00', '2026-10-13 24:00:00'],
  ] as const)('%j from %s is due %s', ([rule, from, expected]) => {
    expect(due(rule, from)).toBe(expected);
  });

  test('a window says when it opens, the one that the start lies in or comes to', () => {
    const opens = (rule: LimitRule, from: string) => formatInstant(deadline(rule, parseBeijing(from), cn).opensAt ?? 0);
    expect(opens(december, '2026-03-01 09:00')).toBe('2026-12-01 00:00:00');
    expect(opens({ kind: 'window', opens: '12-15', closes: '01-05' }, '2026-01-03 09:00')).toBe('2025-12-15 00:00:00');
    expect(deadline({ kind: 'window', closes: '01-05' }, parseBeijing('2026-01-03 09:00'), cn)).not.toHaveProperty('opensAt');
  });
});

describe('business hours', () => {
  const nineToSix = {
    periods: [
      { from: 540, to: 720 },
      { from: 810, to: 1080 },
    ],
  };
  const short = { ...nineToSix, shortDays: { '2026-09-30': [{ from: 540, to: 720 }] } };
  const hours = (n: number, business = nineToSix): LimitRule => ({ kind: 'business-hours', n, business });

  test.for([
    [hours(2), '2026-03-09 09:00', '2026-03-09 11:00:00'],
    [hours(2), '2026-03-09 11:30', '2026-03-09 15:00:00'], // lunch does not count
    [hours(2), '2026-03-09 12:30', '2026-03-09 15:30:00'], // starts with the afternoon
    [hours(3), '2026-03-09 09:00', '2026-03-09 12:00:00'], // ends with the period, not with the next
    [hours(8), '2026-03-09 10:00:30.250', '2026-03-10 10:30:30.250'],
    [hours(1), '2026-03-09 18:00', '2026-03-10 10:00:00'],
    [hours(1), '2026-09-18 17:30', '2026-09-20 09:30:00'], // make-up Sunday
    [hours(4), '2026-09-30 16:00', '2026-10-08 11:00:00'], // National Day passes
    [hours(4, short), '2026-09-30 11:00', '2026-10-08 12:00:00'], // closed at noon
    [hours(16), '2026-12-24 10:00', '2026-12-28 11:00:00 provisional'],
    [hours(1), '2026-12-24 10:00', '2026-12-24 11:00:00'],
    [hours(1), '2026-12-25 18:00', '2026-12-28 10:00:00 provisional'],
  ] as const)('%j from %s is due %s', ([rule, from, expected]) => {
    expect(due(rule, from)).toBe(expected);
  });

  test('where a pack has them, days end at the close of business', () => {
    const close = { close: short };
    expect(due({ kind: 'workdays', n: 1, ...close }, '2026-03-09 20:00')).toBe('2026-03-10 18:00:00');
    expect(due({ kind: 'workdays', n: 1, ...close }, '2026-09-29 09:00')).toBe('2026-09-30 12:00:00');
    expect(due({ kind: 'same-workday', ...close }, '2026-03-09 17:59:59.999')).toBe('2026-03-09 18:00:00');
    expect(due({ kind: 'same-workday', ...close }, '2026-03-09 18:00')).toBe('2026-03-10 18:00:00');
    expect(due({ kind: 'period+workdays', period: 'quarter', n: 1, ...close }, '2026-08-01 09:00')).toBe('2026-10-08 18:00:00');
  });

  test('a day that is over for business at the start makes nothing provisional', () => {
    const loaded = { ...cn, years: { '2026': cn.years['2026']! } };
    expect(due(hours(1), '2025-12-31 18:00', loaded)).toBe('2026-01-04 10:00:00');
    expect(due(hours(1), '2025-12-31 17:59', loaded)).toBe('2026-01-04 09:59:00 provisional');
    expect(due({ kind: 'same-workday', close: nineToSix }, '2025-12-31 18:00', loaded)).toBe('2026-01-04 18:00:00');
  });

  test('without time they are refused rather than counted for ever', () => {
    expect(() => due(hours(1, { periods: [] }), '2026-03-09 09:00')).toThrow('hold no time');
    expect(() => due({ kind: 'workdays', n: 1, close: { periods: [] } }, '2026-03-09 09:00')).toThrow('hold no time');
  });
});

test('a limit judged needed later binds from the receipt where it is armed there [CEM.X5]', () => {
  const [received, judged] = [parseBeijing('2026-10-01 14:30'), parseBeijing('2026-10-02 10:00')];
  const onSite: LimitRule = { kind: 'hours', n: 24 };
  const bound = (arms?: 'receipt' | 'judged') => boundFrom(arms === undefined ? {} : { arms }, received, judged);
  expect(formatDue(deadline(onSite, bound('receipt'), cn).dueAt)).toBe('2026-10-02 14:30:00');
  expect(formatDue(deadline(onSite, bound('judged'), cn).dueAt)).toBe('2026-10-03 10:00:00');
  expect(bound()).toBe(judged);
});

describe('edges', () => {
  test('a start at midnight belongs to the day that begins', () => {
    expect(due(workdays(1), '2026-03-09 24:00')).toBe('2026-03-11 24:00:00');
    expect(due(workdays(1), '2026-03-09 23:59:59.999')).toBe('2026-03-10 24:00:00');
  });

  test('the same working day from a day off is the next working day', () => {
    const same: LimitRule = { kind: 'same-workday' };
    expect(due(same, '2026-10-01 10:00')).toBe('2026-10-08 24:00:00');
    expect(due(same, '2026-10-10 23:59')).toBe('2026-10-10 24:00:00'); // make-up Saturday
    expect(due(same, '2026-10-11 00:00')).toBe('2026-10-12 24:00:00');
  });

  test('an instant that is none is refused rather than looped over', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, 0.5]) expect(() => deadline(workdays(1), bad, cn)).toThrow(RangeError);
  });
});

describe('provisional', () => {
  const fixture: CalendarDays = { ...cn, years: { ...cn.years, '2027': { source: 'fixture', off: ['01-01..01-03'], work: [] } } };

  test('past the loaded year by weekdays, recomputed when the year is loaded', () => {
    expect(due(workdays(7), '2026-12-24 10:00')).toBe('2027-01-04 24:00:00 provisional');
    expect(due(workdays(7), '2026-12-24 10:00', fixture)).toBe('2027-01-05 24:00:00');
  });

  test.for([
    [workdays(1), '2026-12-23 10:00', false],
    [workdays(1), '2026-12-24 10:00', true], // uses 25 December
    [workdays(1), '2026-12-31 10:00', true],
    [workdays(1), '2024-12-31 10:00', false], // the start day's own state is not used
    [{ kind: 'same-workday' }, '2024-12-31 10:00', true],
    [{ kind: 'same-workday' }, '2026-12-25 10:00', true],
    [{ kind: 'days', n: 7, roll: true }, '2026-12-17 10:00', false],
    [{ kind: 'days', n: 7, roll: true }, '2026-12-18 10:00', true],
    [{ kind: 'days', n: 7, roll: false }, '2026-12-28 10:00', false],
    [{ kind: 'hours', n: 24 }, '2026-12-31 10:00', false],
    [{ kind: 'months', n: 3 }, '2026-12-31 10:00', false],
    [{ kind: 'period', period: 'year' }, '2026-12-31 10:00', false],
    [{ kind: 'period+workdays', period: 'year', n: 10 }, '2025-05-01 10:00', false],
    [{ kind: 'period+workdays', period: 'year', n: 10 }, '2026-05-01 10:00', true],
  ] as const)('%j from %s: %s', ([rule, from, provisional]) => {
    const result = deadline(rule, parseBeijing(from), cn);
    expect(result.provisional).toBe(provisional);
    expect(result.why.some((line) => !line.certain)).toBe(provisional);
  });
});
