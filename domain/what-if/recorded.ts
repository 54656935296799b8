/** The figures as they stand in the record: folded from its own events, nothing computed. */
import type { AnyEvent } from '../case/event.ts';
import { apply } from '../case/reduce.ts';
import { emptyCase, type CaseState } from '../case/state.ts';
import type { RoleId } from '../pack.ts';
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

/** Whom an event tells, if it is one that passing time brought about. */
export function tellingsOf(
  event: { readonly kind: string; readonly occurredAt: number; readonly data: unknown },
  limitOf: (clock: string) => string,
): Telling[] {
  if (event.kind === 'reminded') {
    const { clock, roles } = event.data as { clock: string; roles: readonly RoleId[] };
    return roles.map((role) => ({ kind: event.kind, clock, limit: limitOf(clock), role, rung: 0, at: event.occurredAt }));
  }
  if (!isRung(event)) return [];
  const { clock, limit, role, rung } = event.data as { clock: string; limit: string; role: RoleId; rung: number };
  return [{ kind: event.kind, clock, limit, role, rung, at: event.occurredAt }];
}
