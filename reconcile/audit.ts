/** Verifies the record of cases: the chain by itself, the documents it names, and against the histories if they are at hand. */
import type { Client } from '@temporalio/client';
import { chainHash, GENESIS } from '../db/hash.ts';
import type { Db } from '../db/database.ts';
import type { AnyEvent } from '../domain/case/event.ts';
import { verifyChain, type ChainFault, type Head, type StoredEvent } from './chain.ts';
import { keptHistory } from './history.ts';
import { documentsOf, inSnapshot, readDocuments, readEvents } from './stored.ts';

export interface AuditFault {
  readonly seq: number;
  readonly fault:
    | ChainFault['fault']
    | 'document-missing'
    | 'document-altered'
    /** The history holds this event and the store does not: a tail cut off together with the case's row. */
    | 'cut'
    /** The chain verifies, and the history says something else: rewritten as a whole. */
    | 'rewritten';
}

export interface Audited {
  readonly number: string;
  readonly events: number;
  readonly faults: readonly AuditFault[];
}

/** @param client with it, the chain is also recomputed from the history, where one is kept */
export async function auditCase(db: Db, number: string, client?: Client): Promise<Audited> {
  const told = client === undefined ? undefined : (await keptHistory(client, number))?.events;
  const { head, events, documents } = await inSnapshot(db, async (trx) => {
    const row = await trx.selectFrom('case_file').select(['seq', 'head_hash']).where('number', '=', number).executeTakeFirst();
    const found = await readEvents(trx, number);
    const named = found.flatMap((e) => documentsOf(e.body));
    return { head: row && { seq: row.seq, hash: row.head_hash }, events: found, documents: await readDocuments(trx, number, named) };
  });
  const missing = events.flatMap(({ seq, body }) =>
    documentsOf(body).flatMap((hash): AuditFault[] => {
      const intact = documents.get(hash);
      return intact === true ? [] : [{ seq, fault: intact === undefined ? 'document-missing' : 'document-altered' }];
    }),
  );
  return { number, events: events.length, faults: [...auditRecord(number, events, head, told), ...missing] };
}

/**
 * Pure: faults of the stored chain; where it verifies by itself, those that only the history shows. The history was read
 * before the store, so what the store lacks of it is lost or just being recorded.
 */
export function auditRecord(
  number: string,
  events: readonly StoredEvent[],
  head: Head | undefined,
  told?: readonly AnyEvent[],
): AuditFault[] {
  const faults = verifyChain(number, events, head);
  if (faults.length > 0 || told === undefined) return faults;
  const stored = new Map(events.map((e) => [e.seq, e.hash]));
  let previous = GENESIS;
  for (const event of told) {
    previous = chainHash(previous, number, event);
    const hash = stored.get(event.seq);
    if (hash === undefined) return [{ seq: event.seq, fault: 'cut' }];
    if (hash !== previous) return [{ seq: event.seq, fault: 'rewritten' }];
  }
  return [];
}
