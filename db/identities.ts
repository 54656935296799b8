/** Which person somebody is who has signed in at a provider: by issuer and subject, never by a name or an address for mail. */
import { randomUUID } from 'node:crypto';
import type { Instant } from '../domain/time.ts';
import { inTransaction, type Db, type Trx } from './database.ts';
import { keyedWords, sealedText, subjects, withTexts } from './personal.ts';
import { endOidcSessions } from './sessions.ts';

export interface ProviderIdentity {
  readonly issuer: string;
  readonly subject: string;
}

/** By which it is found, and how the journal names it: nobody can guess at it who has the database alone. */
export async function identityHash(db: Db | Trx, { issuer, subject }: ProviderIdentity): Promise<string> {
  return (await keyedWords(db))('identity at a provider', `${issuer}\n${subject}`);
}

export async function personBehind(db: Db | Trx, identity: ProviderIdentity): Promise<string | undefined> {
  const row = await db
    .selectFrom('oidc_identity')
    .select('person')
    .where('subject_hash', '=', await identityHash(db, identity))
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return row?.person;
}

/** False when it is somebody else's; what is the person's already stays as it is. */
export async function linkIdentity(
  db: Db | Trx,
  link: ProviderIdentity & { readonly person: string; readonly by: string; readonly at: Instant },
): Promise<boolean> {
  const { issuer, person, by, at } = link;
  const subject = await sealedText(db, subjects.person(person), link.subject);
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('oidc_identity')
    .values({
      id: randomUUID(),
      issuer,
      subject,
      subject_hash: await identityHash(db, link),
      person,
      linked_by: by,
      linked_at: new Date(at),
    })
    .onConflict((c) => c.column('subject_hash').where('ended_at', 'is', null).doNothing())
    .executeTakeFirstOrThrow();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n || (await personBehind(db, link)) === person;
}

/** Those that hold, newest first; at most a hundred. */
export async function identitiesOf(db: Db, person: string) {
  const rows = await db
    .selectFrom('oidc_identity')
    .select(['id', 'issuer', 'subject', 'linked_by', 'linked_at'])
    .where('person', '=', person)
    .where('ended_at', 'is', null)
    .orderBy('linked_at', 'desc')
    .limit(100)
    .execute();
  return withTexts(db, rows, ['subject'], () => subjects.person(person));
}

/** The sessions that came of the person's identities end with it. False when the person has no such identity. */
export async function endIdentity(
  db: Db | Trx,
  end: { readonly id: string; readonly person: string; readonly by: string; readonly at: Instant },
): Promise<boolean> {
  const { id, person, by, at } = end;
  return inTransaction(db, async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('oidc_identity')
      .set({ ended_at: new Date(at), ended_by: by })
      .where('id', '=', id)
      .where('person', '=', person)
      .where('ended_at', 'is', null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return false;
    await endOidcSessions(trx, person, at);
    return true;
  });
}
