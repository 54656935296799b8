/**
 * Erasing: the subject's key is destroyed, what else could name it is taken away, and that it was done is kept for ever. What is sealed
 * stays where it stands, so that every chain still verifies.
 */
import { sql } from 'kysely';
import type { Instant } from '../domain/time.ts';
import { KEYED } from '../vault/words.ts';
import { inTransaction, type Db, type Trx } from './database.ts';

export interface Erasure {
  readonly subjects: readonly string[];
  readonly person: string;
  /** Why: no personal data, it is kept. */
  readonly reason: string;
  readonly at: Instant;
  /** Idempotency key: the same again changes nothing. */
  readonly key: string;
}

/** In one transaction. @returns the subjects that had not been erased before */
export async function erase(db: Db | Trx, erasure: Erasure): Promise<string[]> {
  return inTransaction(db, async (trx) => {
    const fresh: string[] = [];
    for (const subject of erasure.subjects) if (await eraseOne(trx, subject, erasure)) fresh.push(subject);
    return fresh;
  });
}

async function eraseOne(trx: Trx, subject: string, { person, reason, at, key }: Erasure): Promise<boolean> {
  // A subject of which nothing is kept yet is erased too: nothing will be.
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('subject_key')
    .values({ subject, master_key: null, wrapped: null, erased_at: new Date(at) })
    .onConflict((c) =>
      c
        .column('subject')
        .doUpdateSet({ master_key: null, wrapped: null, erased_at: new Date(at) })
        .where('subject_key.erased_at', 'is', null),
    )
    .executeTakeFirstOrThrow();
  if ((numInsertedOrUpdatedRows ?? 0n) === 0n) return false;
  await trx
    .insertInto('erasure')
    .values({ subject, person, at: new Date(at), reason, key })
    .execute();
  await mask(trx, subject);
  await endLinks(trx, subject, person, at);
  return true;
}

/** Nobody follows a case any more whose customer is forgotten. */
async function endLinks(trx: Trx, subject: string, person: string, at: Instant): Promise<void> {
  await trx
    .updateTable('tracking_link')
    .set({ ended_at: new Date(at), ended_by: person })
    .where(sql<boolean>`'case:' || case_number = ${subject}`)
    .where('ended_at', 'is', null)
    .execute();
}

/** What is not sealed and could still tell who it was. */
async function mask(trx: Trx, subject: string): Promise<void> {
  const [what, ...rest] = subject.split(':');
  const [first = '', second = ''] = rest;
  // Drafts of the case are their writers', and about its customer.
  if (what === 'case') await trx.deleteFrom('draft').where('about', '=', first).execute();
  // A hash of what was filled in could be guessed at.
  if (what === 'case') await trx.updateTable('inbox').set({ fingerprint: 'erased' }).where('case_number', '=', first).execute();
  if (what === 'entry')
    await sql`delete from entry_gram where register = ${first} and id = ${second} and starts_with(gram, ${KEYED})`.execute(trx);
  if (what === 'person') {
    await trx.deleteFrom('person_contact').where('person', '=', first).execute();
    await trx.deleteFrom('draft').where('person', '=', first).execute();
    await trx.deleteFrom('sign_in_door').where('person', '=', first).execute();
  }
}
