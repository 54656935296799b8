/** The figures as they stand in the record: folded from its own events, nothing computed. */
import type { AnyEvent, EventData, RungFired, RungsExpired } from '../case/event.ts';
import { apply } from '../case/reduce.ts';
import { emptyCase, type CaseState } from '../case/state.ts';
import { asRecorded } from './approvals.ts';
import { isRung, judgedKinds } from './kinds.ts';
import { judgedClock, type Judged, type Telling } from './judged.ts';

/** `events` in order; other kinds than the judged ones may be left out of it. */
export function recorded(events: readonly AnyEvent[]): Judged {
  let state: CaseState = emptyCase;
  for (const event of events) {
    if (judgedKinds.includes(event.kind) && event.kind !== 'submitted') state = apply(state, { ...event, seq: state.seq + 1 });
  }
  return {
    clocks: Object.values(state.clocks).map(judgedClock),
    told: events.flatMap((event) => tellingsOf(event, (clock) => state.clocks[clock]?.limit ?? clock)),
    approvals: events.flatMap((event) => {
      if (event.kind !== 'proposed') return [];
      return [asRecorded(event.data)];
    }),
  };
}

/** Whom an event tells, if it is one that passing time brought about. What an outage let expire unsaid was told to nobody. */
export function tellingsOf(
  event: { readonly kind: string; readonly occurredAt: number; readonly data: unknown },
  limitOf: (clock: string) => string,
): Telling[] {
  const { kind, occurredAt: at } = event;
  if (kind === 'reminded') {
    // A rung that comes again is told to whoever owes the matter then; the ladder calls them by one name.
    const { clock, roles, role: again, rung = 0 } = event.data as EventData['reminded'];
    return (again === undefined ? roles : [again]).map((role) => ({ kind, clock, limit: limitOf(clock), role, rung, at }));
  }
  if (kind === 'digested') {
    const { clock, limit, rungs } = event.data as RungsExpired;
    // The top fires after it and is told as that.
    return rungs.filter(({ escalates }) => escalates !== true).map(({ role, rung }) => ({ kind, clock, limit, role, rung, at }));
  }
  if (!isRung(event)) return [];
  const { clock, limit, role, rung } = event.data as RungFired;
  return [{ kind: event.kind, clock, limit, role, rung, at: event.occurredAt }];
}
