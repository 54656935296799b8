/** A deadline in words, line by line, for the person who has to keep it. */
import type { Deadline, WhyLine } from './deadline.ts';
import { dayFromDate, formatDue, formatInstant, weekday, type Instant } from './time.ts';

export type Lang = 'zh' | 'en';

interface Words {
  readonly weekdays: readonly string[];
  readonly reasons: Readonly<Record<WhyLine['reason'], string>>;
  head(limit: string, from: string): string;
  line(day: string, reason: string, count: string): string;
  count(n: number): string;
  readonly notCounted: string;
  stretch(from: string, to: string, first: number, last: number): string;
  readonly uncertain: string;
  due(at: string): string;
  readonly provisional: string;
}

const ZH: Words = {
  weekdays: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  reasons: {
    'start-day': '起算当日,不计入',
    weekday: '工作日',
    weekend: '周末休息',
    'day-off': '放假',
    'make-up-workday': '调休上班',
    'calendar-day': '日历日',
    rolled: '末日非工作日,顺延至此工作日',
    'clock-hours': '按钟点连续计算,夜间与节假日照计',
    'corresponding-day': '对应日',
    'month-end': '无对应日,取月末日',
    'period-end': '期间末日',
    'named-day': '规定日',
  },
  head: (limit, from) => `${limit}:自 ${from} 起算`,
  line: (day, reason, count) => `${day} ${reason}${count}`,
  count: (n) => `,第 ${n}`,
  notCounted: ',不计',
  stretch: (from, to, first, last) => `${from} 至 ${to} 日历日,第 ${first} 至第 ${last}`,
  uncertain: '(该日安排尚未公布或可能变更)',
  due: (at) => `到期:${at}`,
  provisional: '此到期时刻为暂定:所用日历尚未载入或可能变更,载入后重新计算。',
};

const EN: Words = {
  weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  reasons: {
    'start-day': 'start day, not counted',
    weekday: 'working day',
    weekend: 'weekend',
    'day-off': 'day off',
    'make-up-workday': 'make-up workday',
    'calendar-day': 'calendar day',
    rolled: 'the end was no working day, moved to this one',
    'clock-hours': 'runs on the clock, through nights and holidays',
    'corresponding-day': 'corresponding day',
    'month-end': 'no corresponding day, so the last day of the month',
    'period-end': 'last day of the period',
    'named-day': 'the day the limit names',
  },
  head: (limit, from) => `${limit}: runs from ${from}`,
  line: (day, reason, count) => `${day} ${reason}${count}`,
  count: (n) => `, number ${n}`,
  notCounted: ', not counted',
  stretch: (from, to, first, last) => `${from} to ${to} calendar days, numbers ${first} to ${last}`,
  uncertain: ' (not announced yet, or may still change)',
  due: (at) => `due: ${at}`,
  provisional: 'This is provisional: the calendar it rests on is not loaded or may still change; it is recomputed when the year is loaded.',
};

/** Lines that say from when a limit runs, what each day counted for, and when it is due. Beijing time. */
export function explain(limitLabel: string, from: Instant, deadline: Deadline, lang: Lang): string[] {
  const words = lang === 'zh' ? ZH : EN;
  return [
    words.head(limitLabel, formatInstant(from)),
    ...stretches(deadline.why).map((part) => sayPart(part, words)),
    words.due(formatDue(deadline.dueAt)),
    ...(deadline.provisional ? [words.provisional] : []),
  ];
}

/** Runs of calendar days are one line: sixty of them would tell nobody more. */
function stretches(why: readonly WhyLine[]): WhyLine[][] {
  const parts: WhyLine[][] = [];
  for (const line of why) {
    const last = parts.at(-1);
    if (last && line.reason === 'calendar-day' && last[0]!.reason === 'calendar-day' && line.certain === last[0]!.certain) last.push(line);
    else parts.push([line]);
  }
  return parts;
}

function sayPart(part: readonly WhyLine[], words: Words): string {
  const first = part[0]!;
  const last = part.at(-1)!;
  const doubt = first.certain ? '' : words.uncertain;
  if (part.length > 1) return words.stretch(sayDay(first, words), sayDay(last, words), first.n ?? 1, last.n ?? part.length) + doubt;
  const count = first.n !== undefined ? words.count(first.n) : first.counted || first.reason === 'start-day' ? '' : words.notCounted;
  return words.line(sayDay(first, words), words.reasons[first.reason], count) + doubt;
}

function sayDay(line: WhyLine, words: Words): string {
  return `${line.day} ${words.weekdays[weekday(dayFromDate(line.day)) - 1]}`;
}
