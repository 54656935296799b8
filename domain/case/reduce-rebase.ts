/** How a case folds a re-base: the rules it goes by, and the deadlines reckoned anew. */
import type { AnyEvent } from './event.ts';
import type { CaseState, ClockState } from './state.ts';

export function rebased(state: CaseState, { data }: Extract<AnyEvent, { kind: 'rebased' }>): CaseState {
  const { pack = state.pack, calendar = state.calendar } = data;
  return { ...state, pack, calendar };
}

/** @param clock as it stood; a reopened one runs again as if nobody had been told */
export function recomputed(clock: ClockState, { data }: Extract<AnyEvent, { kind: 'clock-recomputed' }>): ClockState {
  const { from, to, provisional, hardness = clock.hardness, ladder = clock.ladder, reopened } = data;
  const moved = { ...clock, dueAt: to, provisional, hardness, ladder, recomputed: [...(clock.recomputed ?? []), { from, to }] };
  if (!reopened) return moved;
  const { firedAt: _, doneAt: __, lateBy: ___, ...running } = moved;
  return { ...running, status: 'running', rungs: [], rungsFired: 0, told: [] };
}
