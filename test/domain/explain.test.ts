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

const business = {
  periods: [
    { from: 540, to: 720 },
    { from: 810, to: 1080 },
  ],
  shortDays: { '2026-09-30': [{ from: 540, to: 720 }] },
};

test('business hours: which times of each day counted', () => {
  const rule: LimitRule = { kind: 'business-hours', n: 6, business };
  expect(said('首次答复', rule, '2026-09-29 16:15:30', 'zh')).toEqual([
    '首次答复:自 2026-09-29 16:15:30 起算',
    '2026-09-29 周二 工作日,营业时间 16:15:30-18:00 计 1 小时 44 分 30 秒,累计 1 小时 44 分 30 秒',
    '2026-09-30 周三 工作日(短营业日),营业时间 09:00-12:00 计 3 小时,累计 4 小时 44 分 30 秒',
    ...['01 周四', '02 周五', '03 周六', '04 周日', '05 周一', '06 周二', '07 周三'].map((day) => `2026-10-${day} 放假,不计`),
    '2026-10-08 周四 工作日,营业时间 09:00-10:15:30 计 1 小时 15 分 30 秒,累计 6 小时',
    '到期:2026-10-08 10:15:30',
  ]);
  expect(said('reply', { ...rule, n: 8 }, '2026-10-09 18:30', 'en')).toEqual([
    'reply: runs from 2026-10-09 18:30:00',
    '2026-10-09 Fri working day, closed for business at the start, not counted',
    '2026-10-10 Sat make-up workday, business hours 09:00-12:00 and 13:30-18:00 count 7 h 30 min, 7 h 30 min so far',
    '2026-10-11 Sun weekend, not counted',
    '2026-10-12 Mon working day, business hours 09:00-09:30 count 30 min, 8 h so far',
    'due: 2026-10-12 09:30:00',
  ]);
});

test('the close of business ends the last day', () => {
  expect(said('survey', { kind: 'workdays', n: 1, close: business }, '2026-09-29 20:00', 'en').slice(-3)).toEqual([
    '2026-09-30 Wed working day, number 1',
    '2026-09-30 Wed close of business (short day) 12:00',
    'due: 2026-09-30 12:00:00',
  ]);
  expect(said('上报', { kind: 'same-workday', close: business }, '2026-09-29 18:00', 'zh').slice(1)).toEqual([
    '2026-09-29 周二 营业结束 18:00,起算时营业已结束,不计',
    '2026-09-30 周三 工作日',
    '2026-09-30 周三 营业结束(短营业日) 12:00',
    '到期:2026-09-30 12:00:00',
  ]);
});

test('weeks are told week by week, a window from its opening', () => {
  expect(said('visit', { kind: 'weeks', n: 2, roll: true }, '2026-09-17 10:00', 'en').slice(1, 6)).toEqual([
    '2026-09-17 Thu start day, not counted',
    '2026-09-24 Thu end of a week, week 1',
    '2026-10-01 Thu end of a week, week 2',
    '2026-10-01 Thu day off, not counted',
    '2026-10-02 Fri day off, not counted',
  ]);
  expect(said('发放问卷', { kind: 'window', opens: '12-01', closes: '12-31' }, '2026-03-01 10:00', 'zh')).toEqual([
    '发放问卷:自 2026-03-01 10:00:00 起算',
    '2026-12-01 周二 期间开始',
    '2026-12-31 周四 规定日',
    '到期:2026-12-31 24:00:00',
  ]);
});
