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

/**
 * Whom an event tells, if it is one that passing time brought about. What an outage let expire counts as told at its instant:
 * that the system was out is no matter of rules.
 */
export function tellingsOf(
  event: { readonly kind: string; readonly occurredAt: number; readonly data: unknown },
  limitOf: (clock: string) => string,
): Telling[] {
  if (event.kind === 'reminded') {
    const { clock, roles, role, missed = [] } = event.data as EventData['reminded'];
    const limit = limitOf(clock);
    return [...missed, event.occurredAt].flatMap((at) =>
      (role === undefined ? roles : [role]).map((one) => ({ kind: event.kind, clock, limit, role: one, rung: 0, at })),
    );
  }
  if (event.kind === 'skipped' || event.kind === 'digested') {
    const { clock, limit, when, rungs } = event.data as RungsExpired;
    const kind = when === 'before' ? 'warned' : 'notified';
    return rungs.filter((r) => r.escalates !== true).map(({ role, rung, at }) => ({ kind, clock, limit, role, rung, at }));
  }
  if (!isRung(event)) return [];
  const { clock, limit, role, rung } = event.data as RungFired;
  return [{ kind: event.kind, clock, limit, role, rung, at: event.occurredAt }];
}
