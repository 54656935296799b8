import { describe, expect, test, vi } from 'vitest';
import { checkCalendar } from '../../domain/calendar-check.ts';
import { dayKind, type CalendarDays } from '../../domain/calendar.ts';
import { dateOf, dayFromDate, weekday } from '../../domain/time.ts';
import { loadCalendar } from '../../packs/load.ts';
import { DAYS_OFF, MAKE_UP } from './holidays.ts';

const cn = loadCalendar('cn');
const between = (from: string, to: string) =>
  Array.from({ length: dayFromDate(to) - dayFromDate(from) + 1 }, (_, i) => dayFromDate(from) + i);

describe('the working days of 2025 and 2026', () => {
  const all = between('2025-01-01', '2026-12-31');

  test('are 248 in each year', () => {
    for (const year of ['2025', '2026']) {
      expect(all.filter((day) => dateOf(day).startsWith(year) && dayKind(cn, day).working)).toHaveLength(248);
    }
  });

  test('equal the notices written out', () => {
    for (const day of all) {
      const date = dateOf(day);
      const why = DAYS_OFF.has(date) ? 'day-off' : MAKE_UP.has(date) ? 'make-up-workday' : weekday(day) > 5 ? 'weekend' : 'weekday';
      expect({ date, why: dayKind(cn, day).why }).toEqual({ date, why });
    }
  });

  test('equal chinese-days on all 730 days', async () => {
    vi.stubEnv('TZ', 'Asia/Shanghai'); // it reads the local zone
    try {
      const { isWorkday } = await import('chinese-days');
      expect(all).toHaveLength(730);
      expect(all.filter((day) => isWorkday(dateOf(day)) !== dayKind(cn, day).working).map(dateOf)).toEqual([]);
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

describe('certainty', () => {
  test.for([
    ['2024-12-31', true, false],
    ['2025-01-01', false, true],
    ['2025-12-25', true, true],
    ['2025-12-31', true, true],
    ['2026-12-24', true, true],
    ['2026-12-25', true, false],
    ['2026-12-31', true, false],
    ['2027-01-01', true, false],
    ['2027-01-02', false, false],
    ['2027-01-04', true, false],
  ] as const)('%s: working %s, certain %s', ([date, working, certain]) => {
    expect(dayKind(cn, dayFromDate(date))).toMatchObject({ working, certain });
  });

  test('without any year the weekday rule answers, never certain', () => {
    const empty: CalendarDays = { id: 'none', version: '0', years: {} };
    expect(dayKind(empty, dayFromDate('2026-10-01'))).toEqual({ working: true, certain: false, why: 'weekday' });
    expect(dayKind(empty, dayFromDate('2026-10-03'))).toEqual({ working: false, certain: false, why: 'weekend' });
  });

  test('a loaded next year makes the last days of December certain', () => {
    const longer = { ...cn, years: { ...cn.years, '2027': { source: 'fixture', off: ['01-01..01-03'], work: [] } } };
    expect(dayKind(longer, dayFromDate('2026-12-31'))).toMatchObject({ working: true, certain: true });
    expect(dayKind(longer, dayFromDate('2027-01-01'))).toEqual({ working: false, certain: true, why: 'day-off' });
  });
});

describe('a calendar that cannot be trusted is refused', () => {
  const year = (off: string[], work: string[] = [], source = 'notice') => ({ source, off, work });
  const calendar = (years: CalendarDays['years']): CalendarDays => ({ id: 'x', version: '1', years });

  test('the shipped one has no problem', () => expect(checkCalendar(cn)).toEqual([]));

  test.for([
    ['no year', {}, 'years', 'no year at all'],
    ['a gap', { 2025: year([]), 2027: year([]) }, 'years', '2025 is followed by 2027'],
    ['no such day', { 2026: year(['02-29']) }, 'years.2026.off', '"02-29" is not a day of 2026'],
    ['a range backwards', { 2026: year(['05-05..05-01']) }, 'years.2026.off', 'ends before it begins'],
    ['not a day', { 2026: year(['May 1']) }, 'years.2026.off', 'not MM-DD'],
    ['off and work', { 2026: year(['01-04'], ['01-04']) }, 'years.2026.work', 'both a day off and a make-up workday'],
    ['a make-up weekday', { 2026: year([], ['01-05']) }, 'years.2026.work', 'is a weekday'],
    ['a day twice', { 2026: year(['01-01..01-03', '01-02']) }, 'years.2026.off', '2026-01-02 stands there twice'],
    ['no working time', { 2026: year(['01-01..12-31']) }, 'years.2026.off', 'no working day left'],
    ['no source', { 2026: year([], [], ' ') }, 'years.2026.source', 'not named'],
    ['an odd year', { '26': year([]) }, 'years.26', 'four-digit'],
  ] as const)('%s', ([, years, path, message]) => {
    const problems = checkCalendar(calendar(years as CalendarDays['years']));
    expect(problems).toContainEqual({ path, message: expect.stringContaining(message) });
  });
});
