/** People and the roles they hold, pack by pack. */
import { sql } from 'kysely';
import { CUSTOMER_WEB } from '../domain/customer/side.ts';
import type { Db } from './database.ts';

export interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly packs: Readonly<Record<string, readonly string[]>>;
  readonly account: boolean;
}

/** By id, after `after`; one more than `limit`, if there is one. */
export async function peopleFrom(db: Db, after: string, limit: number): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    select p.id, p.name, exists (select from account a where a.person = p.id) as account,
      coalesce((select jsonb_object_agg(pack_id, roles) from
        (select pack_id, jsonb_agg(role order by role) roles from person_role where person = p.id group by pack_id) r), '{}') as packs
    from person p where p.id > ${after} order by p.id limit ${limit + 1}`.execute(db);
  return rows;
}

/** False when there is somebody of that id, or it is the one in whose name customers speak: nobody signs in as it. */
export async function addPerson(db: Db, id: string, name: string): Promise<boolean> {
  if (id === CUSTOMER_WEB) return false;
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('person')
    .values({ id, name })
    .onConflict((c) => c.doNothing())
    .executeTakeFirstOrThrow();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function isPerson(db: Db, id: string): Promise<boolean> {
  return (await db.selectFrom('person').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

/** From now on the person holds these roles of the pack, and no other of it. */
export async function setRoles(db: Db, person: string, pack: string, roles: readonly string[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('person_role').where('person', '=', person).where('pack_id', '=', pack).execute();
    if (roles.length > 0)
      await trx
        .insertInto('person_role')
        .values([...new Set(roles)].map((role) => ({ person, pack_id: pack, role })))
        .execute();
  });
}

/** Where notices to a person are mailed; null = nowhere. */
export async function setMail(db: Db, person: string, mail: string | null): Promise<void> {
  if (mail === null) {
    await db.deleteFrom('person_contact').where('person', '=', person).execute();
    return;
  }
  await db
    .insertInto('person_contact')
    .values({ person, mail })
    .onConflict((c) => c.column('person').doUpdateSet({ mail }))
    .execute();
}
