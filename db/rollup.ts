/** Counters kept in the record's own transaction, per month of recording, pack and kind. */
import type { AnyEvent } from '../domain/case/event.ts';
import type { CaseState } from '../domain/case/state.ts';
import { dateOf, dayOf } from '../domain/time.ts';

const counterOf: Partial<Record<AnyEvent['kind'], 'opened' | 'closed' | 'decisions' | 'breaches' | 'escalations'>> = {
  opened: 'opened',
  closed: 'closed',
  decided: 'decisions',
  'clock-breached': 'breaches',
  escalated: 'escalations',
};

export function rollupDeltas(state: CaseState, events: readonly AnyEvent[]) {
  const months = new Map<string, { opened: number; closed: number; decisions: number; breaches: number; escalations: number }>();
  for (const event of events) {
    const counter = counterOf[event.kind];
    if (counter === undefined) continue;
    const month = dateOf(dayOf(event.recordedAt)).slice(0, 7);
    const counts = months.get(month) ?? { opened: 0, closed: 0, decisions: 0, breaches: 0, escalations: 0 };
    counts[counter] += 1;
    months.set(month, counts);
  }
  return [...months].map(([month, counts]) => ({ month, pack_id: state.pack.id, kind: state.kind, ...counts }));
}
