/** When the system acted on what had fallen due, as the record shows it: after an outage, all at once and late. */
import type { AnyEvent } from '../case/event.ts';
import type { Instant } from '../time.ts';
import { isByTime } from './kinds.ts';

/** What fell due between the two was acted on at the end of it. */
export interface Outage {
  readonly from: Instant;
  readonly now: Instant;
  /** Of an imported past: it is told up to the next message. */
  readonly past: boolean;
}

export class Outages {
  private open: Outage[] = [];
  /** When the system learnt of a clock: what had fallen due before that it could not act on. */
  private readonly knownAt = new Map<string, Instant>();

  add(event: AnyEvent): void {
    if (event.kind === 'clock-started' || event.kind === 'clock-moved') this.knownAt.set(event.data.clock, event.recordedAt);
    if (!isByTime(event)) return;
    const now = event.recordedAt;
    const from = Math.min(now, fellDue(event, this.knownAt));
    const last = this.open.at(-1);
    if (last?.now === now) this.open[this.open.length - 1] = { ...last, from: Math.min(last.from, from) };
    else this.open.push({ from, now, past: event.past === true });
  }

  /** Each is taken once, in order. */
  take(): Outage[] {
    const taken = this.open;
    this.open = [];
    return taken;
  }
}

function fellDue(event: AnyEvent, knownAt: ReadonlyMap<string, Instant>): Instant {
  const clock = (event.data as { readonly clock?: string }).clock ?? '';
  const at = event.kind === 'reminded' ? (event.data.missed?.[0] ?? event.occurredAt) : event.occurredAt + 1;
  return event.past === true ? at : Math.max(at, knownAt.get(clock) ?? at);
}
