/** Forms begun and not sent. They are nobody's but their writer's, and no part of any record. */
import { sql } from 'kysely';
import type { Instant } from '../domain/time.ts';
import type { Db } from './database.ts';
import { opener, sealer, subjects } from './personal.ts';

export interface DraftPlace {
  readonly person: string;
  /** Number of the case; of an opening its pack. */
  readonly about: string;
  /** Step of the case; of an opening its kind. */
  readonly what: string;
}

export interface Draft extends DraftPlace {
  readonly id: string;
  readonly form: Readonly<Record<string, unknown>>;
  readonly saved_at: Date;
}

/** Keeps what is filled in so far, in place of what was kept before. */
export async function saveDraft(db: Db, place: DraftPlace, form: Readonly<Record<string, unknown>>, at: Instant): Promise<void> {
  // Nobody's but their writer's: erased with them, or dropped.
  const seal = await sealer(db, subjects.person(place.person));
  const kept = { form: JSON.stringify(seal.value(form)), saved_at: new Date(at) };
  await db
    .insertInto('draft')
    .values({ ...place, ...kept })
    .onConflict((c) => c.columns(['person', 'about', 'what']).doUpdateSet(kept))
    .execute();
}

export async function dropDraft(db: Db, { person, about, what }: DraftPlace): Promise<void> {
  await db.deleteFrom('draft').where('person', '=', person).where('about', '=', about).where('what', '=', what).execute();
}

/** What the case has taken meanwhile is no draft any more: also where the answer was decided after its sender had gone. */
export async function dropAnswered(db: Db, person: string): Promise<void> {
  await sql`delete from draft d where d.person = ${person} and exists (
    select from event e join inbox i on i.key = e.key
    where e.case_number = d.about and i.step = d.what and i.person = d.person and i.received_at >= d.saved_at)`.execute(db);
}

export async function draftAt(db: Db, place: DraftPlace): Promise<Draft | undefined> {
  await dropAnswered(db, place.person);
  const row = await db
    .selectFrom('draft')
    .selectAll()
    .where('person', '=', place.person)
    .where('about', '=', place.about)
    .where('what', '=', place.what)
    .executeTakeFirst();
  return row === undefined ? undefined : (await opened(db, place.person, [row]))[0];
}

/** A person's drafts, newest begun first; one more than `limit`, if there is one. */
export async function draftsOf(
  db: Db,
  person: string,
  { limit, before }: { limit: number; before?: string | undefined },
): Promise<Draft[]> {
  await dropAnswered(db, person);
  const query = db
    .selectFrom('draft')
    .selectAll()
    .where('person', '=', person)
    .orderBy('id', 'desc')
    .limit(limit + 1);
  return opened(db, person, await (before === undefined ? query : query.where('id', '<', before)).execute());
}

async function opened<T extends { readonly form: unknown }>(
  db: Db,
  person: string,
  rows: readonly T[],
): Promise<(Omit<T, 'form'> & { form: Record<string, unknown> })[]> {
  const subject = subjects.person(person);
  const open = await opener(db, [subject]);
  return rows.map((row) => {
    const form = typeof row.form === 'string' ? (open.value(subject, row.form) ?? {}) : row.form;
    return { ...row, form: form as Record<string, unknown> };
  });
}
