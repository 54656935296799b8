/** A deadline in words, line by line, for the person who has to keep it. */
import type { Deadline, WhyLine } from './deadline.ts';
import { EN, ZH, type Words } from './explain-words.ts';
import { dayFromDate, formatDue, formatInstant, HOUR_MS, weekday, type Instant } from './time.ts';
import type { CountedTime } from './why.ts';

export type Lang = 'zh' | 'en';

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
  const reason = words.reasons[first.reason] + (first.short ? words.shortDay : '');
  return words.line(sayDay(first, words), reason, sayCount(first, words)) + doubt;
}

function sayCount(line: WhyLine, words: Words): string {
  if (line.reason === 'close-of-business') return ` ${sayClock(line.times?.[0]?.to ?? 0)}${line.counted ? '' : words.closed}`;
  if (line.times !== undefined && line.total !== undefined) return sayBusiness(line.times, line.total, words);
  if (line.n !== undefined) return line.reason === 'week' ? words.week(line.n) : words.count(line.n);
  return line.counted || line.reason === 'start-day' || line.reason === 'window-opens' ? '' : words.notCounted;
}

function sayBusiness(times: readonly CountedTime[], total: number, words: Words): string {
  if (times.length === 0) return words.closed;
  const here = times.reduce((sum, { from, to }) => sum + to - from, 0);
  const said = times.map(({ from, to }) => `${sayClock(from)}-${sayClock(to)}`).join(words.between);
  return words.business(said, sayDuration(here, words), sayDuration(total, words));
}

/** `09:00`, with seconds only where there are some. */
function sayClock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, ...(seconds % 60 === 0 ? [] : [seconds % 60])];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

function sayDuration(ms: number, words: Words): string {
  const seconds = Math.floor(ms / 1000);
  return words.duration(Math.floor(ms / HOUR_MS), Math.floor(seconds / 60) % 60, seconds % 60);
}

function sayDay(line: WhyLine, words: Words): string {
  return `${line.day} ${words.weekdays[weekday(dayFromDate(line.day)) - 1]}`;
}
