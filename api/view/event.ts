/** One event of a case's record. */
import type { EventRow } from '../../db/read/events.ts';
import { veiled, type Veil } from '../../domain/case/veil.ts';
import { iso } from './instants.ts';

/**
 * @param veil what is withheld from the reader. From there on they are given no link of the chain: by it what is withheld could be guessed at.
 */
export function eventOfRow({ event, hash, name, forged }: EventRow, veil: Veil | undefined) {
  const shown = veiled(event, veil);
  const { seq, kind, occurredAt, recordedAt, clause, actor, past, outside, data } = shown;
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
    withheld: shown !== event,
    hash: linkOf(seq, hash, veil),
  };
}

export const linkOf = (seq: number, hash: string, veil: Veil | undefined): string | null =>
  veil !== undefined && seq >= veil.from ? null : hash;
