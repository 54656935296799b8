/** A clock's due instant in words: the count of days, then every move. */
import type { CalendarDays } from '../../domain/calendar.ts';
import type { ClockState } from '../../domain/case/state.ts';
import { deadline } from '../../domain/deadline.ts';
import { explain, type Lang } from '../../domain/explain.ts';
import type { LimitRule } from '../../domain/limit.ts';
import { formatDue, formatInstant } from '../../domain/time.ts';

export function whyLines(clock: ClockState, rule: LimitRule, calendar: CalendarDays, label: string, lang: Lang): string[] {
  const counted = deadline(rule, clock.startAt, calendar);
  const lines = explain(label, clock.startAt, counted, lang);
  const first = clock.moves[0]?.from ?? clock.dueAt;
  if (first !== counted.dueAt)
    lines.push(lang === 'zh' ? `本次按延长后的时刻计:${formatDue(first)}` : `set to ${formatDue(first)} by an extension`);
  for (const { from, to, consentAt } of clock.moves) lines.push(moved(formatDue(from), formatDue(to), formatInstant(consentAt), lang));
  return lines;
}

function moved(from: string, to: string, consentAt: string, lang: Lang): string {
  return lang === 'zh'
    ? `延长:由 ${from} 至 ${to},客户认可于 ${consentAt}`
    : `moved from ${from} to ${to}, the customer consented at ${consentAt}`;
}
