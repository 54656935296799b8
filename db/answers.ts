/** What was answered to requests whose change has no key of its own: the same key again gets the first answer, for a day. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import { fingerprintOf } from './fingerprint.ts';
import { opener, sealer, subjects } from './personal.ts';

export interface Answered {
  readonly status: number;
  readonly body: string;
  readonly location: string | null;
}

/** Whose, and by which key. */
export interface Asked {
  readonly person: string;
  readonly key: string;
}

/** The key was used for another request. */
export class AnswerKeyReused extends Error {}

/** A process that has not answered by then has died, or will never say what came of it. */
const GIVEN_UP = sql`interval '1 minute'`;
const KEPT = sql`interval '1 day'`;
const SWEPT = 1_000;

/**
 * `begun`: it is the caller's to carry out; `under-way`: another request of the same key is at it.
 * @param said all that makes two requests the same @throws AnswerKeyReused
 */
export async function beginAnswer(db: Db, asked: Asked, said: string): Promise<'begun' | 'under-way' | Answered> {
  const fingerprint = await fingerprintOf(db, said);
  const begun = await db
    .insertInto('request_answer')
    .values({ ...asked, fingerprint })
    .onConflict((c) =>
      c
        .columns(['person', 'key'])
        .doUpdateSet({ begun_at: sql`clock_timestamp()` })
        .where('request_answer.fingerprint', '=', fingerprint)
        .where('request_answer.status', 'is', null)
        .where('request_answer.begun_at', '<', sql<Date>`clock_timestamp() - ${GIVEN_UP}`),
    )
    .returning('key')
    .executeTakeFirst();
  if (begun !== undefined) return 'begun';
  const row = await db.selectFrom('request_answer').selectAll().where(of(asked)).executeTakeFirst();
  if (row === undefined) return 'under-way'; // refused just now: the next look begins it
  if (row.fingerprint !== fingerprint) throw new AnswerKeyReused(asked.key);
  if (row.status === null) return 'under-way';
  const subject = subjects.person(asked.person);
  const body = row.body === null ? '' : ((await opener(db, [subject])).text(subject, row.body) ?? '');
  return { status: row.status, body, location: row.location };
}

export async function keepAnswer(db: Db, asked: Asked, { status, body, location }: Answered): Promise<void> {
  const sealed = body === '' ? null : (await sealer(db, subjects.person(asked.person))).text(body);
  await db.updateTable('request_answer').set({ status, body: sealed, location }).where(of(asked)).execute();
}

/** Refused, and nothing changed: the key is as if it had not been used. */
export async function dropAnswer(db: Db, asked: Asked): Promise<void> {
  await db.deleteFrom('request_answer').where(of(asked)).where('status', 'is', null).execute();
}

/** Removes what has been kept for a day; whoever comes next takes the rest. */
export async function forgetAnswers(db: Db): Promise<void> {
  await sql`delete from request_answer where (person, key) in
    (select person, key from request_answer where begun_at < clock_timestamp() - ${KEPT} limit ${SWEPT} for update skip locked)`.execute(
    db,
  );
}

const of = ({ person, key }: Asked) => sql<boolean>`person = ${person} and key = ${key}`;
