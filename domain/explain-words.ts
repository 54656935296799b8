/** The words of an explanation, in both languages. Days and clock times come ready-made. */
import type { WhyLine } from './why.ts';

export interface Words {
  readonly weekdays: readonly string[];
  readonly reasons: Readonly<Record<WhyLine['reason'], string>>;
  head(limit: string, from: string): string;
  line(day: string, reason: string, count: string): string;
  count(n: number): string;
  week(n: number): string;
  readonly notCounted: string;
  stretch(from: string, to: string, first: number, last: number): string;
  /** Business time of a day: its counted stretches, how much that is, how much so far. */
  business(times: string, here: string, total: string): string;
  readonly closed: string;
  readonly shortDay: string;
  readonly between: string;
  duration(hours: number, minutes: number, seconds: number): string;
  readonly uncertain: string;
  due(at: string): string;
  readonly provisional: string;
}

export const ZH: Words = {
  weekdays: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  reasons: {
    'start-day': '起算当日,不计入',
    weekday: '工作日',
    weekend: '周末休息',
    'day-off': '放假',
    'make-up-workday': '调休上班',
    'calendar-day': '日历日',
    week: '满周日',
    rolled: '末日非工作日,顺延至此工作日',
    'clock-hours': '按钟点连续计算,夜间与节假日照计',
    'corresponding-day': '对应日',
    'month-end': '无对应日,取月末日',
    'period-end': '期间末日',
    'window-opens': '期间开始',
    'named-day': '规定日',
    'close-of-business': '营业结束',
  },
  head: (limit, from) => `${limit}:自 ${from} 起算`,
  line: (day, reason, count) => `${day} ${reason}${count}`,
  count: (n) => `,第 ${n}`,
  week: (n) => `,第 ${n} 周`,
  notCounted: ',不计',
  stretch: (from, to, first, last) => `${from} 至 ${to} 日历日,第 ${first} 至第 ${last}`,
  business: (times, here, total) => `,营业时间 ${times} 计 ${here},累计 ${total}`,
  closed: ',起算时营业已结束,不计',
  shortDay: '(短营业日)',
  between: '、',
  duration: (h, m, s) => [h > 0 ? `${h} 小时` : '', m > 0 ? `${m} 分` : '', s > 0 ? `${s} 秒` : ''].filter(Boolean).join(' ') || '0 分',
  uncertain: '(该日安排尚未公布或可能变更)',
  due: (at) => `到期:${at}`,
  provisional: '此到期时刻为暂定:所用日历尚未载入或可能变更,载入后重新计算。',
};

export const EN: Words = {
  weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  reasons: {
    'start-day': 'start day, not counted',
    weekday: 'working day',
    weekend: 'weekend',
    'day-off': 'day off',
    'make-up-workday': 'make-up workday',
    'calendar-day': 'calendar day',
    week: 'end of a week',
    rolled: 'the end was no working day, moved to this one',
    'clock-hours': 'runs on the clock, through nights and holidays',
    'corresponding-day': 'corresponding day',
    'month-end': 'no corresponding day, so the last day of the month',
    'period-end': 'last day of the period',
    'window-opens': 'the window opens',
    'named-day': 'the day the limit names',
    'close-of-business': 'close of business',
  },
  head: (limit, from) => `${limit}: runs from ${from}`,
  line: (day, reason, count) => `${day} ${reason}${count}`,
  count: (n) => `, number ${n}`,
  week: (n) => `, week ${n}`,
  notCounted: ', not counted',
  stretch: (from, to, first, last) => `${from} to ${to} calendar days, numbers ${first} to ${last}`,
  business: (times, here, total) => `, business hours ${times} count ${here}, ${total} so far`,
  closed: ', closed for business at the start, not counted',
  shortDay: ' (short day)',
  between: ' and ',
  duration: (h, m, s) => [h > 0 ? `${h} h` : '', m > 0 ? `${m} min` : '', s > 0 ? `${s} s` : ''].filter(Boolean).join(' ') || '0 min',
  uncertain: ' (not announced yet, or may still change)',
  due: (at) => `due: ${at}`,
  provisional: 'This is provisional: the calendar it rests on is not loaded or may still change; it is recomputed when the year is loaded.',
};
