/**
 * What becomes of the rungs that an outage let expire, by the pack's `catchUp`: all fire in order (the default), only the
 * highest, or one digest names them all. The breach itself is always recorded, with its due instant and when it was noticed.
 */
import type { Instant } from '../time.ts';
import type { Due, Next, Under } from './due.ts';
import type { RungRef, RungsExpired } from './event.ts';
import { endOfWorkday, escalates, refOf, warningsToCome } from './ladder.ts';
import { missedByOutage } from './outage.ts';
import type { ClockState } from './state.ts';

/** Undefined: the next thing fires as it is. @param now when it is acted on */
export function catchUp(clock: ClockState, next: Next, upTo: Instant, now: Instant, under: Under): Due | undefined {
  const { catchUp: mode = 'all' } = under.rules;
  if (mode === 'all' || !missedByOutage(next.at, clock, now)) return undefined;
  switch (next.what) {
    case 'warning': {
      const rungs = warningsToCome(clock, under.rules, under.calendar).filter((w) => w.at <= upTo);
      // After the deadline a warning says nothing any more.
      if (clock.dueAt < upTo) return together('skipped', 'before', rungs, clock, next, under);
      return among(mode, 'before', rungs, clock, next, under);
    }
    case 'rung': {
      if (clock.rungsFired < (clock.digested ?? 0)) return undefined;
      const rungs = clock.rungs.flatMap(({ role, at }, i) => (at <= upTo ? [{ role, rung: clock.rungsFired + 1 + i, at }] : []));
      // The top is never passed over: what the ladder has after it is a group of its own.
      const top = rungs.findIndex(({ role }) => escalates(role, clock, under.rules));
      return among(mode, 'after', top === -1 ? rungs : rungs.slice(0, top + 1), clock, next, under);
    }
    case 'repeat':
      return latest(clock, next, upTo, under);
    default:
      return undefined;
  }
}

type Place = Pick<RungRef, 'role' | 'rung'> & { readonly at: Instant };

function among(
  mode: 'highest' | 'digest',
  when: RungsExpired['when'],
  rungs: readonly Place[],
  clock: ClockState,
  next: Next,
  under: Under,
) {
  if (rungs.length < 2) return undefined;
  return mode === 'digest'
    ? together('digested', when, rungs, clock, next, under)
    : together('skipped', when, rungs.slice(0, -1), clock, next, under);
}

function together(
  kind: 'skipped' | 'digested',
  when: RungsExpired['when'],
  rungs: readonly Place[],
  clock: ClockState,
  { at }: Next,
  { state, rules }: Under,
): Due {
  const { id, limit, dueAt, clause } = clock;
  const told = rungs.map((rung) => {
    const top = kind === 'digested' && when === 'after' && escalates(rung.role, clock, rules);
    return { ...refOf(rung, clock, state, rules), at: rung.at - 1, ...(top ? { escalates: true as const } : {}) };
  });
  return {
    kind,
    at,
    occurredAt: at - 1,
    ...(clause === undefined ? {} : { clause }),
    data: { clock: id, limit, dueAt, when, rungs: told, reason: 'outage' },
  };
}

/** A rung that should have come again on several days comes once, for the last of them. */
function latest(
  clock: ClockState,
  next: Extract<Next, { what: 'repeat' }>,
  upTo: Instant,
  { state, rules, calendar }: Under,
): Due | undefined {
  const { repeat } = next;
  let { at } = next;
  const missed: Instant[] = [];
  for (let later = endOfWorkday(at, repeat.every, calendar); later <= upTo; later = endOfWorkday(at, repeat.every, calendar)) {
    missed.push(at);
    at = later;
  }
  if (missed.length === 0) return undefined;
  const { role, rung, roles = [role], persons } = refOf(repeat, clock, state, rules);
  const data = { clock: clock.id, roles, at, rung, role, missed, ...(persons && { persons }) };
  return { kind: 'reminded', at: next.at, occurredAt: at, ...(clock.clause === undefined ? {} : { clause: clock.clause }), data };
}
