/** The system's own lateness: how long a breach went unnoticed, though it could have been noticed. */
import type { AnyEvent } from './event.ts';

/**
 * Milliseconds from the due instant of a clock to the record of its breach; undefined: not breached. A clock whose start
 * was entered when it was due already is late by its entering, not by the system: it counts from there.
 */
export function unnoticedFor(clock: string, events: readonly AnyEvent[]): number | undefined {
  const started = events.find((e) => e.kind === 'clock-started' && e.data.clock === clock);
  const breached = events.find((e) => e.kind === 'clock-breached' && e.data.clock === clock);
  if (started === undefined || breached?.kind !== 'clock-breached') return undefined;
  return Math.max(0, breached.recordedAt - Math.max(breached.data.dueAt, started.recordedAt));
}
