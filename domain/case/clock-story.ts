/**
 * What has become of a deadline, line by line, from the record: how it was reckoned, what moved it, when it was noticed
 * to be broken and who was told, what was entered late. From the events of an earlier instant it is what was known then.
 */
import type { CalendarDays } from '../calendar.ts';
import { deadline } from '../deadline.ts';
import { explain, type Lang } from '../explain.ts';
import type { LimitRule } from '../limit.ts';
import type { RoleId } from '../pack.ts';
import { formatDue, formatInstant } from '../time.ts';
import { sayDuration } from './duration.ts';
import type { AnyEvent, RungRef } from './event.ts';
import { PROMPT_MS, unnoticedFor } from './outage.ts';

export interface ClockNames {
  readonly limit: string;
  role(id: RoleId): string;
}

/** A limit and the calendar it was reckoned by. */
export interface Reckoning {
  readonly rule: LimitRule;
  readonly calendar: CalendarDays;
}

/**
 * @param rule the limit as the case's rules had it when the clock started
 * @param again by what it was reckoned anew at an event of that seq; undefined = not known any more
 */
export function clockStory(
  clock: string,
  events: readonly AnyEvent[],
  rule: LimitRule,
  calendar: CalendarDays,
  names: ClockNames,
  lang: Lang,
  again: (seq: number) => Reckoning | undefined = () => undefined,
): string[] {
  const started = events.find((e) => e.kind === 'clock-started' && e.data.clock === clock);
  if (started?.kind !== 'clock-started') return [];
  const { startAt, dueAt } = started.data;
  const reckoned = deadline(rule, startAt, calendar);
  const words = lang === 'zh' ? ZH : EN;
  const reasons = explain(names.limit, startAt, reckoned, lang);
  // Days that decided nothing are not told.
  const set = reckoned.dueAt === dueAt ? reasons : [...reasons.slice(0, 1), words.set(formatDue(dueAt))];
  return [
    ...set,
    ...events.flatMap((event) => {
      if (!concerns(event, clock)) return [];
      const lines = lineOf(event, words, names, unnoticedFor(clock, events) ?? 0);
      const by = event.kind === 'clock-recomputed' ? again(event.seq) : undefined;
      // How it starts was said; which days count now is new.
      return by === undefined
        ? lines
        : [...lines, ...explain(names.limit, startAt, deadline(by.rule, startAt, by.calendar), lang).slice(1)];
    }),
  ];
}

const concerns = ({ data }: AnyEvent, clock: string): boolean => (data as { readonly clock?: string }).clock === clock;

function lineOf(event: AnyEvent, words: Words, names: ClockNames, unnoticed: number): string[] {
  const { occurredAt, recordedAt } = event;
  const at = formatInstant(recordedAt);
  const entered = recordedAt - occurredAt >= PROMPT_MS ? words.entered(at) : '';
  switch (event.kind) {
    case 'clock-moved':
      return [words.moved(formatDue(event.data.from), formatDue(event.data.to), formatInstant(event.data.consentAt))];
    case 'clock-met':
      return [words.met(formatInstant(occurredAt)) + entered];
    case 'clock-late':
      return [words.late(formatInstant(occurredAt), sayDuration(event.data.lateBy)) + entered];
    case 'clock-recomputed':
      return [words.recomputed(at, formatDue(event.data.from), formatDue(event.data.to))];
    case 'clock-excused':
      if (event.data.why === 'calendar') return [words.notDue(at)];
      return [words.excused(formatInstant(occurredAt)) + entered];
    case 'clock-stopped':
      return [words.stopped(at, event.data.why)];
    case 'clock-breached': {
      const late = unnoticed < PROMPT_MS ? '' : words.noticed(at, sayDuration(unnoticed - (unnoticed % 1000)));
      return [words.breached(formatDue(event.data.dueAt)) + late];
    }
    case 'warned':
      return [words.warned(at, rolesOf(event.data, words, names), formatDue(event.data.dueAt))];
    case 'notified':
    case 'escalated':
      return [words.told(at, rolesOf(event.data, words, names), event.kind === 'escalated')];
    case 'skipped':
    case 'digested': {
      const roles = event.data.rungs.map((rung) => rolesOf(rung, words, names)).join(words.and);
      return [event.kind === 'skipped' ? words.skipped(at, roles) : words.digested(at, roles)];
    }
    case 'reminded': {
      const roles = event.data.roles.map((role) => names.role(role)).join(words.and);
      return [event.data.rung === undefined ? words.reminded(at, roles) : words.again(at, roles)];
    }
    default:
      return [];
  }
}

function rolesOf({ role, roles = [role] }: RungRef, words: Words, names: ClockNames): string {
  return roles.map((one) => names.role(one)).join(words.and);
}

interface Words {
  readonly and: string;
  set(due: string): string;
  moved(from: string, to: string, consent: string): string;
  recomputed(at: string, from: string, to: string): string;
  notDue(at: string): string;
  met(at: string): string;
  late(at: string, by: string): string;
  excused(at: string): string;
  entered(at: string): string;
  stopped(at: string, why: string): string;
  breached(due: string): string;
  noticed(at: string, by: string): string;
  told(at: string, role: string, top: boolean): string;
  reminded(at: string, roles: string): string;
  warned(at: string, roles: string, due: string): string;
  again(at: string, roles: string): string;
  skipped(at: string, roles: string): string;
  digested(at: string, roles: string): string;
}

const ZH: Words = {
  and: '、',
  set: (due) => `本次按延长后的时刻计:${due}`,
  moved: (from, to, consent) => `延长:由 ${from} 至 ${to},客户认可于 ${consent}`,
  recomputed: (at, from, to) =>
    from === to ? `${at} 按新的制度版本或日历核算,仍为 ${to}` : `${at} 按新的制度版本或日历重新计算:由 ${from} 至 ${to}`,
  notDue: (at) => `更正:${at} 载入的日历表明当时尚未到期,超时予以更正`,
  met: (at) => `如期:${at}`,
  late: (at, by) => `迟:${at},晚 ${by};超时记录不变`,
  excused: (at) => `更正:实于 ${at},未逾期,超时予以更正`,
  entered: (at) => `(${at} 补录)`,
  stopped: (at, why) => `${at} 停止计时:${why}`,
  breached: (due) => `超时:${due}`,
  noticed: (at, by) => `,系统停摆,${at} 始记录(晚 ${by})`,
  told: (at, role, top) => `${at} ${top ? '升级至' : '告知'} ${role}`,
  reminded: (at, roles) => `${at} 提醒 ${roles}`,
  warned: (at, roles, due) => `${at} 预警 ${roles}:将于 ${due} 到期`,
  again: (at, roles) => `${at} 再次告知 ${roles}`,
  skipped: (at, roles) => `${at} 因系统停摆略过:${roles}`,
  digested: (at, roles) => `${at} 系统停摆后一并告知 ${roles}`,
};

const EN: Words = {
  and: ', ',
  set: (due) => `set to ${due} by an extension`,
  moved: (from, to, consent) => `moved from ${from} to ${to}, the customer consented at ${consent}`,
  recomputed: (at, from, to) =>
    from === to
      ? `${at} reckoned by newer rules or a newer calendar: still ${to}`
      : `${at} reckoned anew by newer rules or a newer calendar: from ${from} to ${to}`,
  notDue: (at) => `excused: the calendar loaded at ${at} shows that it was not due`,
  met: (at) => `kept: ${at}`,
  late: (at, by) => `late: ${at}, by ${by}; the breach stands`,
  excused: (at) => `excused: it was done at ${at}, in time`,
  entered: (at) => ` (entered at ${at})`,
  stopped: (at, why) => `stopped at ${at}: ${why}`,
  breached: (due) => `broken: ${due}`,
  noticed: (at, by) => `, noticed at ${at} after an outage (${by} later)`,
  told: (at, role, top) => `${at} ${top ? 'escalated to' : 'told'} ${role}`,
  reminded: (at, roles) => `${at} reminded ${roles}`,
  warned: (at, roles, due) => `${at} warned ${roles}: due ${due}`,
  again: (at, roles) => `${at} told ${roles} again`,
  skipped: (at, roles) => `${at} left out after an outage: ${roles}`,
  digested: (at, roles) => `${at} told ${roles} together after an outage`,
};
