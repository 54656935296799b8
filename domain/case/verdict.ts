/**
 * What a fact makes of a clock, by when it happened (C7, C8). The order in which facts are entered makes no difference: the
 * earliest one counts.
 */
import type { Instant } from '../time.ts';
import type { ClockState } from './state.ts';

/** `met`: in time and known to be; `excused`: in time, though a breach was recorded; `late`: after the due instant. */
export type Verdict = 'met' | 'excused' | 'late';

/**
 * Undefined: it changes nothing, since the clock has its verdict or was stopped. @param edition of the kit; in the first
 * one a clock that was late once stayed so.
 */
export function verdictOf(clock: Pick<ClockState, 'status' | 'dueAt' | 'doneAt'>, at: Instant, edition: number): Verdict | undefined {
  const { status, dueAt, doneAt } = clock;
  if (status !== 'running' && status !== 'breached') return undefined;
  if (doneAt !== undefined && (edition < 2 || at >= doneAt)) return undefined;
  if (at > dueAt) return 'late';
  return status === 'running' ? 'met' : 'excused';
}
