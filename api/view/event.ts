/** One entry of a case's timeline. */
import type { EventRow } from '../../db/read/events.ts';
import { iso } from './instants.ts';

export function eventOfRow({ event, hash, name, forged }: EventRow) {
  const { seq, kind, occurredAt, recordedAt, clause, actor, past, outside, data } = event;
  return {
    seq,
    kind,
    occurredAt: iso(occurredAt),
    recordedAt: iso(recordedAt),
    clause: clause ?? null,
    actor: actor === undefined ? null : { ...actor, name },
    past: past === true,
    outside: outside === true,
    forged,
    data: { ...data } as Record<string, unknown>,
    hash,
  };
}
