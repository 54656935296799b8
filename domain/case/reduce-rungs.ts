/** What the events of a ladder make of its clock. */
import type { Instant } from '../time.ts';
import type { EventData, RungFired, RungsExpired } from './event.ts';
import type { ClockState } from './state.ts';

type Patch = Partial<ClockState>;

/** Nothing more is told of this clock. */
export function quiet({ repeats }: ClockState): Patch {
  return { remind: false, rungs: [], ...(repeats === undefined ? {} : { repeats: [] }) };
}

/** A rung after the deadline has fired: it is repeated from now on where the ladder says so. */
export function fired(clock: ClockState, { rung, role, roles = [role] }: RungFired, at: Instant): Patch {
  return { rungs: clock.rungs.slice(1), rungsFired: rung, told: [...clock.told, ...roles], ...repeated(clock, 1, rung, at) };
}

/** Rungs before the deadline are over, fired or skipped. */
export function warned(clock: ClockState, rungs: readonly number[], at: Instant): Patch {
  return { warned: [...(clock.warned ?? []), ...rungs.map((rung) => ({ rung, at, dueAt: clock.dueAt }))] };
}

export function passedOver(clock: ClockState, { when, rungs }: RungsExpired, at: Instant): Patch {
  const places = rungs.map((r) => r.rung);
  if (when === 'before') return warned(clock, places, at);
  return { rungs: clock.rungs.slice(rungs.length), rungsFired: Math.max(clock.rungsFired, ...places) };
}

/** All are told at once; one that escalates still makes its task, so it stays to be fired. */
export function named(clock: ClockState, { when, rungs }: RungsExpired, at: Instant): Patch {
  const places = rungs.map((r) => r.rung);
  if (when === 'before') return warned(clock, places, at);
  const gone = rungs.filter((r) => r.escalates !== true);
  return {
    rungs: clock.rungs.slice(gone.length),
    rungsFired: clock.rungsFired + gone.length,
    told: [...clock.told, ...gone.flatMap(({ role, roles = [role] }) => roles)],
    digested: Math.max(...places),
    ...repeated(clock, gone.length, clock.rungsFired + 1, at),
  };
}

/** An approval's daily reminder, or a rung again. */
export function cameAgain(clock: ClockState, { at, rung }: EventData['reminded']): Patch {
  if (rung === undefined) return { lastReminder: at };
  return { repeats: (clock.repeats ?? []).map((r) => (r.rung === rung ? { ...r, last: at } : r)) };
}

function repeated(clock: ClockState, n: number, first: number, at: Instant): Patch {
  const more = clock.rungs
    .slice(0, n)
    .flatMap(({ role, every }, i) => (every === undefined ? [] : [{ rung: first + i, role, every, last: at }]));
  return more.length === 0 ? {} : { repeats: [...(clock.repeats ?? []), ...more] };
}
