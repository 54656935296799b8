/** The hash chain of one case, recomputed from the stored bodies. Pure. */
import { chainHash, GENESIS } from '../db/hash.ts';
import type { AnyEvent } from '../domain/case/event.ts';

/** An event as the store holds it; instants as epoch milliseconds. */
export interface StoredEvent {
  readonly seq: number;
  readonly kind: string;
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly person: string | null;
  readonly clause: string | null;
  readonly key: string | null;
  readonly body: AnyEvent;
  readonly prevHash: string;
  readonly hash: string;
}

/** Where the case's row says the record ends. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

export interface ChainFault {
  readonly seq: number;
  readonly fault:
    /** No event of this seq, though the case's row or a later event says there was one. */
    | 'missing'
    /** Content and hash do not belong together. */
    | 'altered'
    /** Not chained to the event before. */
    | 'unlinked'
    /** A column says something else than the event's body. */
    | 'columns'
    /** The case's row names another last event or hash, or there is no such row. */
    | 'head'
    /** The first event is that of another case. */
    | 'foreign';
}

/** Every fault of a case's record; none = it verifies. `events` ascending by seq. */
export function verifyChain(number: string, events: readonly StoredEvent[], head: Head | undefined): ChainFault[] {
  const faults: ChainFault[] = [];
  const say = (seq: number, fault: ChainFault['fault']): void => void faults.push({ seq, fault });
  let last: StoredEvent | undefined;
  for (const event of events) {
    const expected = (last?.seq ?? 0) + 1;
    for (let seq = expected; seq < event.seq; seq += 1) say(seq, 'missing');
    // Behind a gap the link cannot be checked; the gap itself is the fault.
    const linked = event.seq > expected || event.prevHash === (last?.hash ?? GENESIS);
    if (event.seq < expected || !linked) say(event.seq, 'unlinked');
    if (!isWhole(number, event)) say(event.seq, 'altered');
    if (!columnsAgree(event)) say(event.seq, 'columns');
    last = event;
  }
  const [first] = events;
  if (first?.seq === 1 && first.body.kind === 'opened' && first.body.data.number !== number) say(1, 'foreign');
  return [...faults, ...headFaults(last, head)];
}

function isWhole(number: string, { body, prevHash, hash }: StoredEvent): boolean {
  try {
    return chainHash(prevHash, number, body) === hash;
  } catch {
    return false; // what has no canonical form was never recorded
  }
}

function columnsAgree({ body, ...row }: StoredEvent): boolean {
  return (
    row.seq === body.seq &&
    row.kind === body.kind &&
    row.occurredAt === body.occurredAt &&
    row.recordedAt === body.recordedAt &&
    row.person === (body.actor?.person ?? null) &&
    row.clause === (body.clause ?? null) &&
    row.key === (body.key ?? null)
  );
}

function headFaults(last: StoredEvent | undefined, head: Head | undefined): ChainFault[] {
  if (last === undefined && head === undefined) return [];
  if (head === undefined) return [{ seq: last?.seq ?? 0, fault: 'head' }];
  const end = last?.seq ?? 0;
  const cut = Array.from({ length: Math.max(head.seq - end, 0) }, (_, i): ChainFault => ({ seq: end + 1 + i, fault: 'missing' }));
  if (cut.length > 0) return cut;
  return head.seq === end && head.hash === last?.hash ? [] : [{ seq: end, fault: 'head' }];
}
