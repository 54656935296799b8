import { expect, test } from 'vitest';
import { deadline } from '../../domain/deadline.ts';
import { explain } from '../../domain/explain.ts';
import type { LimitRule } from '../../domain/limit.ts';
import { parseBeijing } from '../../domain/time.ts';
import { loadCalendar } from '../../packs/load.ts';

const cn = loadCalendar('cn');
const said = (label: string, rule: LimitRule, from: string, lang: 'zh' | 'en') =>
  explain(label, parseBeijing(from), deadline(rule, parseBeijing(from), cn), lang);

test('which days counted, in Chinese', () => {
  expect(said('现场勘察', { kind: 'workdays', n: 1 }, '2026-09-18 17:30', 'zh')).toEqual([
    '现场勘察:自 2026-09-18 17:30:00 起算',
    '2026-09-18 周五 起算当日,不计入',
    '2026-09-19 周六 周末休息,不计',
    '2026-09-20 周日 调休上班,第 1',
    '到期:2026-09-20 24:00:00',
  ]);
});

test('a week that rolls, in English; days that merely pass are one line', () => {
  const lines = said('weekly item', { kind: 'days', n: 7, roll: true }, '2026-09-24 10:00', 'en');
  expect(lines.slice(0, 4)).toEqual([
    'weekly item: runs from 2026-09-24 10:00:00',
    '2026-09-24 Thu start day, not counted',
    '2026-09-25 Fri to 2026-09-30 Wed calendar days, numbers 1 to 6',
    '2026-10-01 Thu day off, number 7',
  ]);
  expect(lines.slice(-2)).toEqual(['2026-10-08 Thu the end was no working day, moved to this one', 'due: 2026-10-08 24:00:00']);
});

test('what is not certain is said at the day and at the end', () => {
  const lines = said('repair', { kind: 'workdays', n: 7 }, '2026-12-24 10:00', 'en');
  expect(lines).toContain('2026-12-25 Fri working day, number 1 (not announced yet, or may still change)');
  expect(lines.at(-1)).toContain('provisional');
});

test.for([
  [{ kind: 'hours', n: 24 }, '2026-10-01 14:30', '2026-10-02 Fri runs on the clock, through nights and holidays, number 24'],
  [{ kind: 'months', n: 3 }, '2025-11-30 10:00', '2026-02-28 Sat no corresponding day, so the last day of the month, number 3'],
  [{ kind: 'years', n: 1 }, '2025-11-30 10:00', '2026-11-30 Mon corresponding day, number 1'],
  [{ kind: 'period', period: 'quarter' }, '2026-05-01 10:00', '2026-06-30 Tue last day of the period'],
  [{ kind: 'next-month-day', day: 5 }, '2025-12-10 10:00', '2026-01-05 Mon the day the limit names'],
] as const)('%j', ([rule, from, line]) => {
  expect(said('limit', rule, from, 'en')).toContain(line);
  expect(said('时限', rule, from, 'zh')).toHaveLength(said('limit', rule, from, 'en').length);
});
