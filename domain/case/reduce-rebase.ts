/** How a case folds a re-base: the rules it goes by, and the deadlines reckoned anew. */
import type { AnyEvent } from './event.ts';
import type { CaseState, ClockState } from './state.ts';

export function rebased(state: CaseState, { data }: Extract<AnyEvent, { kind: 'rebased' }>): CaseState {
  const { pack = state.pack, calendar = state.calendar } = data;
  return { ...state, pack, calendar };
}

/** The clock as it stood, reckoned anew; a reopened one runs again as if nobody had been told. */
export function recomputed(clock: ClockState, { data, recordedAt }: Extract<AnyEvent, { kind: 'clock-recomputed' }>): ClockState {
  const { from, to, provisional, hardness = clock.hardness, ladder = clock.ladder, reopened, remind = false } = data;
  const moved = {
    ...clock,
    dueAt: to,
    provisional,
    hardness,
    ladder,
    recomputed: [...(clock.recomputed ?? []), { from, to }],
    ...(clock.knownAt === undefined ? {} : { knownAt: recordedAt }),
  };
  if (!reopened) return moved;
  const { firedAt: _, doneAt: __, lateBy: ___, repeats: ____, digested: _____, ...running } = moved;
  return { ...running, status: 'running', remind, rungs: [], rungsFired: 0, told: [] };
}
