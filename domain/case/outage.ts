/** The system's own lateness: how long something due went unnoticed, though it could have been noticed. */
import type { Instant } from '../time.ts';
import type { AnyEvent } from './event.ts';
import type { ClockState } from './state.ts';

/** Lateness of the system below this is none: a timer takes a moment. */
export const PROMPT_MS = 60_000;

/**
 * Milliseconds from the due instant of a clock to the record of its breach; undefined: not breached. A clock whose start
 * was entered when it was due already is late by its entering, not by the system: it counts from there.
 */
export function unnoticedFor(clock: string, events: readonly AnyEvent[]): number | undefined {
  const started = events.find((e) => e.kind === 'clock-started' && e.data.clock === clock);
  // The last one: a deadline that was broken provisionally may have run again.
  const breached = events.findLast((e) => e.kind === 'clock-breached' && e.data.clock === clock);
  if (started === undefined || breached?.kind !== 'clock-breached') return undefined;
  return Math.max(0, breached.recordedAt - Math.max(breached.data.dueAt, started.recordedAt));
}

/** The same from the clock alone; undefined: noticed in time, not broken, or a case from before this was kept. */
export function outageOf({ dueAt, firedAt, knownAt }: Pick<ClockState, 'dueAt' | 'firedAt' | 'knownAt'>): number | undefined {
  if (firedAt === undefined || knownAt === undefined) return undefined;
  const late = firedAt - Math.max(dueAt, knownAt);
  return late > PROMPT_MS ? late : undefined;
}

/** Whether the system was out when `at` came: it acts only now, and has known of the deadline for longer than a moment. */
export function missedByOutage(at: Instant, clock: Pick<ClockState, 'knownAt'>, now: Instant): boolean {
  return now - Math.max(at, clock.knownAt ?? 0) > PROMPT_MS;
}
