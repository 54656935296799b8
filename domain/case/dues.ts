/**
 * What falls due in a case, in business order: a warning, a breach, the rungs of its ladder and their repetitions, the daily
 * reminder of an approval. Pure: the workflow asks when to wake and what is due up to an instant; nothing here knows a clock.
 */
import type { CalendarDays } from '../calendar.ts';
import type { PackRules } from '../pack.ts';
import type { Instant } from '../time.ts';
import { catchUp } from './catch-up.ts';
import type { Due, Next, Under } from './due.ts';
import { endOfWorkday, escalates, refOf, rungsOfBreach, warningsToCome } from './ladder.ts';
import type { CaseState, ClockState } from './state.ts';

/**
 * The earliest instant at which something is due, or undefined. On time is `occurredAt <= dueAt` (C7), so a limit is
 * broken one millisecond after its due instant, never at it; a rung likewise.
 */
export function nextWake(state: CaseState, rules: PackRules, calendar: CalendarDays): Instant | undefined {
  let earliest: Instant | undefined;
  for (const clock of Object.values(state.clocks)) {
    const at = nextOf(clock, rules, calendar)?.at;
    if (at !== undefined && (earliest === undefined || at < earliest)) earliest = at;
  }
  return earliest;
}

/**
 * The first thing due strictly before or at `upTo`, or undefined. Call again after folding it: the next may depend on it.
 * @param now when it is acted on, where that may be after an outage: then the pack's `catchUp` holds. Absent: in time.
 */
export function firstDue(state: CaseState, upTo: Instant, rules: PackRules, calendar: CalendarDays, now?: Instant): Due | undefined {
  let first: { clock: ClockState; next: Next } | undefined;
  for (const clock of Object.values(state.clocks)) {
    const next = nextOf(clock, rules, calendar);
    if (next !== undefined && next.at <= upTo && (first === undefined || next.at < first.next.at)) first = { clock, next };
  }
  if (first === undefined) return undefined;
  const { clock, next } = first;
  const late = now === undefined ? undefined : catchUp(clock, next, upTo, now, { state, rules, calendar });
  return late ?? dueEvent(clock, next, { state, rules, calendar });
}

function nextOf(clock: ClockState, rules: PackRules, calendar: CalendarDays): Next | undefined {
  const reminder = clock.remind ? endOfWorkday(clock.lastReminder ?? clock.startAt, 1, calendar) : undefined;
  const reminding: Next | undefined = reminder === undefined ? undefined : { what: 'reminder', at: reminder };
  if (clock.status === 'running') {
    const warning = warningsToCome(clock, rules, calendar)[0];
    const warn: Next | undefined = warning === undefined ? undefined : { what: 'warning', at: warning.at, warning };
    return earlier({ what: 'breach', at: clock.dueAt + 1 }, earlier(warn, reminding));
  }
  const rung = clock.rungs[0];
  return earlier(earlier(rung === undefined ? undefined : { what: 'rung', at: rung.at }, reminding), nextRepeat(clock, calendar));
}

/** Of two, the one that is due first; at the same instant the first one named. */
function earlier(a: Next | undefined, b: Next | undefined): Next | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return b.at < a.at ? b : a;
}

function nextRepeat({ repeats = [] }: ClockState, calendar: CalendarDays): Next | undefined {
  return repeats
    .map((repeat): Next => ({ what: 'repeat', at: endOfWorkday(repeat.last, repeat.every, calendar), repeat }))
    .reduce<Next | undefined>(earlier, undefined);
}

function dueEvent(clock: ClockState, next: Next, { state, rules, calendar }: Under): Due {
  const { id, limit, dueAt } = clock;
  const clause = clock.clause === undefined ? {} : { clause: clock.clause };
  const { at } = next;
  switch (next.what) {
    case 'reminder':
      return { kind: 'reminded', at, occurredAt: at, ...clause, data: { clock: id, roles: clock.of, at } };
    case 'repeat': {
      const { role, rung, roles = [role], persons } = refOf(next.repeat, clock, state, rules);
      return { kind: 'reminded', at, occurredAt: at, ...clause, data: { clock: id, roles, at, rung, role, ...(persons && { persons }) } };
    }
    case 'warning': {
      const data = { clock: id, limit, dueAt, ...refOf(next.warning, clock, state, rules) };
      return { kind: 'warned', at, occurredAt: at - 1, ...clause, data };
    }
    case 'breach': {
      const rungs = rungsOfBreach(clock, rules, calendar);
      return { kind: 'clock-breached', at, occurredAt: dueAt, ...clause, data: { clock: id, limit, dueAt, rungs } };
    }
    case 'rung': {
      const role = clock.rungs[0]?.role ?? rules.generalManager;
      const rung = clock.rungsFired + 1;
      const data = { clock: id, limit, dueAt, ...refOf({ role, rung }, clock, state, rules) };
      if (!escalates(role, clock, rules)) return { kind: 'notified', at, occurredAt: at - 1, ...clause, data };
      const digest = rung <= (clock.digested ?? 0) ? { digest: true as const } : {};
      return { kind: 'escalated', at, occurredAt: at - 1, ...clause, data: { ...data, ...digest } };
    }
  }
}
