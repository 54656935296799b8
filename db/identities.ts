/** Which person somebody is who has signed in at a provider: by issuer and subject, never by a name or an address for mail. */
import { randomUUID } from 'node:crypto';
import type { Instant } from '../domain/time.ts';
import type { Db, Trx } from './database.ts';
import { sha256 } from './hash.ts';
import { endOidcSessions } from './sessions.ts';

export interface ProviderIdentity {
  readonly issuer: string;
  readonly subject: string;
}

/** How the journal names it. */
export const identityHash = ({ issuer, subject }: ProviderIdentity): string => sha256(`${issuer}\n${subject}`);

export async function personBehind(db: Db | Trx, { issuer, subject }: ProviderIdentity): Promise<string | undefined> {
  const row = await db
    .selectFrom('oidc_identity')
    .select('person')
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return row?.person;
}

/** False when it is somebody else's; what is the person's already stays as it is. */
export async function linkIdentity(
  db: Db | Trx,
  link: ProviderIdentity & { readonly person: string; readonly by: string; readonly at: Instant },
): Promise<boolean> {
  const { issuer, subject, person, by, at } = link;
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('oidc_identity')
    .values({ id: randomUUID(), issuer, subject, person, linked_by: by, linked_at: new Date(at) })
    .onConflict((c) => c.columns(['issuer', 'subject']).where('ended_at', 'is', null).doNothing())
    .executeTakeFirstOrThrow();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n || (await personBehind(db, link)) === person;
}

/** Those that hold, newest first; at most a hundred. */
export async function identitiesOf(db: Db, person: string) {
  return db
    .selectFrom('oidc_identity')
    .select(['id', 'issuer', 'subject', 'linked_by', 'linked_at'])
    .where('person', '=', person)
    .where('ended_at', 'is', null)
    .orderBy('linked_at', 'desc')
    .limit(100)
    .execute();
}

/** The sessions that came of the person's identities end with it. False when the person has no such identity. */
export async function endIdentity(
  db: Db,
  end: { readonly id: string; readonly person: string; readonly by: string; readonly at: Instant },
): Promise<boolean> {
  const { id, person, by, at } = end;
  return db.transaction().execute(async (trx) => {
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
