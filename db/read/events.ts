/** The timeline of a case, and the documents its events name. */
import { sql } from 'kysely';
import type { AnyEvent } from '../../domain/case/event.ts';
import type { Db } from '../database.ts';

export interface EventRow {
  readonly event: AnyEvent;
  readonly hash: string;
  /** Printed name of who acted, where they are known. */
  readonly name: string | null;
}

/** Events after `after`, in order; one more than `limit`, if there is one. */
export async function eventsOf(db: Db, number: string, after: number, limit: number): Promise<EventRow[]> {
  const rows = await db
    .selectFrom('event')
    .leftJoin('person', 'person.id', 'event.person')
    .select(['event.body', 'event.hash', 'person.name'])
    .where('event.case_number', '=', number)
    .where('event.seq', '>', after)
    .orderBy('event.seq')
    .limit(limit + 1)
    .execute();
  return rows.map(({ body, hash, name }) => ({ event: body, hash, name }));
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
    .select('body')
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
  return row === undefined ? undefined : (JSON.parse(row.body) as { form: Record<string, unknown> }).form;
}
