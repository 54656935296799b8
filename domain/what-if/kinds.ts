/** Which events a case is judged again by: those of its clocks, its proposals and its end. */
import type { AnyEvent } from '../case/event.ts';

/** What passing time brought about: it is computed anew, never taken over. */
const byTime: readonly string[] = ['clock-breached', 'notified', 'escalated', 'reminded', 'warned', 'skipped', 'digested'];
/** Rungs of a ladder, before and after the breach. */
const rungs: readonly string[] = ['notified', 'escalated', 'warned'];

/** Everything else of a record (tasks, notes, effects) changes no verdict and need not be read. */
export const judgedKinds: readonly string[] = [
  ...byTime,
  'opened',
  'submitted',
  'clock-started',
  'clock-met',
  'clock-late',
  'clock-excused',
  'clock-moved',
  'clock-stopped',
  'clock-recomputed',
  'rebased',
  'proposed',
  'proposal-settled',
  'known',
  'round-started',
  'severity-set',
  'ended',
  'closed',
];

export const isByTime = (event: AnyEvent): boolean => byTime.includes(event.kind);
export const isRung = (event: { readonly kind: string }): boolean => rungs.includes(event.kind);
