/** The record of a case, and the documents its events name. */
import { sql } from 'kysely';
import type { AnyEvent } from '../../domain/case/event.ts';
import { formOf } from './documents.ts';
import type { Db } from '../database.ts';
import { nameAsSigned } from '../signing.ts';

export interface EventRow {
  readonly event: AnyEvent;
  readonly hash: string;
  /** Printed name of who acted, as it was when they did, where they are known. */
  readonly name: string | null;
  /** The same of the absent person whose role it is, where a substitute acted. */
  readonly forName: string | null;
  /** Why its message is not the desk's, although it claims to be; null = nothing of the kind. */
  readonly forged: string | null;
}

/** More than a case can have: it takes a thousand messages. */
export const EVERY_EVENT = 20_000;

/** Events after `after`, in order; one more than `limit`, if there is one. */
export async function eventsOf(db: Db, number: string, after: number, limit: number): Promise<EventRow[]> {
  const rows = await eventsWithNames(db, number)
    .where('event.seq', '>', after)
    .orderBy('event.seq')
    .limit(limit + 1)
    .execute();
  return rows.map(({ body, ...row }) => ({ event: body, ...row }));
}

/** By seq. */
export async function eventsBySeqs(db: Db, number: string, seqs: readonly number[]): Promise<ReadonlyMap<number, EventRow>> {
  if (seqs.length === 0) return new Map();
  const rows = await eventsWithNames(db, number).where('event.seq', 'in', seqs).execute();
  return new Map(rows.map(({ body, ...row }) => [body.seq, { event: body, ...row }]));
}

function eventsWithNames(db: Db, number: string) {
  return db
    .selectFrom('event')
    .leftJoin('forgery', (j) => j.onRef('forgery.case_number', '=', 'event.case_number').onRef('forgery.key', '=', 'event.key'))
    .select(['event.body', 'event.hash', 'forgery.why as forged'])
    .select([
      nameAsSigned(sql.ref('event.person'), 'event.key', 'event.recorded_at').as('name'),
      nameAsSigned(sql`event.body #>> '{actor,for}'`, 'event.key', 'event.recorded_at').as('forName'),
    ])
    .where('event.case_number', '=', number);
}

/** The whole record of a case, in order: a few hundred events, a few thousand at most. */
export async function everyEventOf(db: Db, number: string): Promise<AnyEvent[]> {
  const rows = await db.selectFrom('event').select('body').where('case_number', '=', number).orderBy('seq').execute();
  return rows.map(({ body }) => body);
}

/** Idempotency key of the message that opened a case. */
export async function openingKeyOf(db: Db, number: string): Promise<string | undefined> {
  const row = await db.selectFrom('event').select('key').where('case_number', '=', number).where('seq', '=', 1).executeTakeFirst();
  return row?.key ?? undefined;
}

/** The form of a document that an event of this case names; a document of another case is as good as absent. */
export async function documentOf(db: Db, number: string, hash: string): Promise<Record<string, unknown> | undefined> {
  const row = await db
    .selectFrom('document')
    .select(['body', 'subject'])
    .where('hash', '=', hash)
    .where((x) =>
      x.exists(
        x
          .selectFrom('event')
          .select('seq')
          .where('case_number', '=', number)
          .where(sql<boolean>`body -> 'data' ->> 'documentHash' = ${hash}`),
      ),
    )
    .executeTakeFirst();
  return row === undefined ? undefined : formOf(db, row);
}
