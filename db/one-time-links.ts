/** A link by which a person sets their password, once: the first administrator's, a new colleague's, a forgotten password's. */
import type { Instant } from '../domain/time.ts';
import { inTransaction, type Db, type Trx } from './database.ts';

export const LINK_LASTS_MS = 24 * 3_600_000;

/** Earlier links of the person that nobody has used end with it. */
export async function makeLink(db: Db | Trx, link: { hash: string; person: string; madeBy: string | null; at: Instant }): Promise<Instant> {
  const { hash, person, madeBy, at } = link;
  const endsAt = at + LINK_LASTS_MS;
  await inTransaction(db, async (trx) => {
    await endLinks(trx, person, at);
    await trx
      .insertInto('one_time_link')
      .values({ hash, person, made_by: madeBy, made_at: new Date(at), ends_at: new Date(endsAt) })
      .execute();
  });
  return endsAt;
}

/** Links of the person that nobody has used are nothing from now on. */
export async function endLinks(db: Db | Trx, person: string, at: Instant): Promise<void> {
  await db
    .updateTable('one_time_link')
    .set({ used_at: new Date(at) })
    .where('person', '=', person)
    .where('used_at', 'is', null)
    .execute();
}

/** Whose it is, when it may still be used. */
export async function linkOf(db: Db, hash: string, at: Instant): Promise<string | undefined> {
  const row = await db
    .selectFrom('one_time_link')
    .select('person')
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .where('ends_at', '>', new Date(at))
    .executeTakeFirst();
  return row?.person;
}

/** Whose it was; of two who use it at once, one. */
export async function useLink(trx: Trx, hash: string, at: Instant): Promise<string | undefined> {
  const row = await trx
    .updateTable('one_time_link')
    .set({ used_at: new Date(at) })
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .where('ends_at', '>', new Date(at))
    .returning('person')
    .executeTakeFirst();
  return row?.person;
}
