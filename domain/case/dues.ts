/**
 * What falls due in a case, in business order: a breach, the rungs of its ladder, the daily reminder of an approval.
 * Pure: the workflow asks when to wake and what is due up to an instant; nothing here knows a clock.
 */
import type { CalendarDays } from '../calendar.ts';
import { dayKind } from '../calendar.ts';
import { dueOf } from '../deadline.ts';
import type { PackRules, RoleId } from '../pack.ts';
import type { Instant } from '../time.ts';
import { dayOf, endOfDay } from '../time.ts';
import type { EventData } from './event.ts';
import type { CaseState, ClockState } from './state.ts';

/** The kinds of event a passing instant brings about by itself. */
export type DueKind = 'clock-breached' | 'notified' | 'escalated' | 'reminded';
/** `at` is when it may be acted on; `occurredAt` is the instant it stands for (a breach: the due instant itself). */
export type Due = {
  [K in DueKind]: {
    readonly kind: K;
    readonly at: Instant;
    readonly occurredAt: Instant;
    readonly clause?: string;
    readonly data: EventData[K];
  };
}[DueKind];

/**
 * The earliest instant at which something is due, or undefined. On time is `occurredAt <= dueAt` (C7), so a limit is
 * broken one millisecond after its due instant, never at it.
 */
export function nextWake(state: CaseState, calendar: CalendarDays): Instant | undefined {
  let earliest: Instant | undefined;
  for (const clock of Object.values(state.clocks)) {
    const at = nextOf(clock, calendar)?.at;
    if (at !== undefined && (earliest === undefined || at < earliest)) earliest = at;
  }
  return earliest;
}

/** The first thing due strictly before or at `upTo`, or undefined. Call again after folding it: the next may depend on it. */
export function firstDue(state: CaseState, upTo: Instant, rules: PackRules, calendar: CalendarDays): Due | undefined {
  let first: { clock: ClockState; at: Instant; what: 'reminder' | 'breach' | 'rung' } | undefined;
  for (const clock of Object.values(state.clocks)) {
    const next = nextOf(clock, calendar);
    if (next !== undefined && next.at <= upTo && (first === undefined || next.at < first.at)) first = { clock, ...next };
  }
  return first === undefined ? undefined : dueEvent(first.clock, first.at, first.what, rules, calendar);
}

function nextOf(clock: ClockState, calendar: CalendarDays): { at: Instant; what: 'reminder' | 'breach' | 'rung' } | undefined {
  const reminder = clock.remind ? nextReminder(clock, calendar) : undefined;
  if (clock.status === 'running') {
    return reminder !== undefined && reminder <= clock.dueAt ? { at: reminder, what: 'reminder' } : { at: clock.dueAt + 1, what: 'breach' };
  }
  const rung = clock.rungs[0];
  if (rung !== undefined && (reminder === undefined || rung.at <= reminder)) return { at: rung.at, what: 'rung' };
  return reminder === undefined ? undefined : { at: reminder, what: 'reminder' };
}

function dueEvent(clock: ClockState, at: Instant, what: 'reminder' | 'breach' | 'rung', rules: PackRules, calendar: CalendarDays): Due {
  const clause = clock.clause === undefined ? {} : { clause: clock.clause };
  if (what === 'reminder') return { kind: 'reminded', at, occurredAt: at, ...clause, data: { clock: clock.id, roles: clock.of, at } };
  if (what === 'breach') {
    const rungs = ladderOf(clock, rules, calendar);
    return {
      kind: 'clock-breached',
      at,
      occurredAt: clock.dueAt,
      ...clause,
      data: { clock: clock.id, limit: clock.limit, dueAt: clock.dueAt, rungs },
    };
  }
  const role = clock.rungs[0]?.role ?? rules.generalManager;
  const top = role === rules.generalManager && clock.hardness === 'hard';
  const data = { clock: clock.id, limit: clock.limit, role, rung: clock.rungsFired + 1, dueAt: clock.dueAt };
  return { kind: top ? 'escalated' : 'notified', at, occurredAt: at - 1, ...clause, data };
}

/**
 * The rungs of a breach with their instants. A role that owes the matter itself is not told of its own omission again
 * by the ladder ("if that is above the approver", readings 7).
 */
function ladderOf(clock: ClockState, rules: PackRules, calendar: CalendarDays): { role: RoleId; at: Instant }[] {
  const breachAt = clock.dueAt + 1;
  return (rules.ladders[clock.ladder] ?? [])
    .filter((rung) => !clock.of.includes(rung.role))
    .map(({ role, afterWorkdays = 0 }) => ({
      role,
      at: afterWorkdays === 0 ? breachAt : dueOf({ kind: 'workdays', n: afterWorkdays }, clock.dueAt, calendar).dueAt + 1,
    }));
}

/** End of the first working day that ends after the last reminder, or after the start. */
function nextReminder(clock: ClockState, calendar: CalendarDays): Instant {
  let day = clock.lastReminder === undefined ? dayOf(clock.startAt) : dayOf(clock.lastReminder);
  while (!dayKind(calendar, day).working) day += 1;
  return endOfDay(day);
}
