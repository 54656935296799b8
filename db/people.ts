/** People and the roles they hold, pack by pack. */
import { sql } from 'kysely';
import type { Held } from '../domain/authority/deciding.ts';
import { CUSTOMER_WEB } from '../domain/customer/side.ts';
import type { Places } from '../domain/place.ts';
import { sealer, subjects } from './personal.ts';
import { inTransaction, type Db, type Trx } from './database.ts';
import { onlySql } from './read/identity.ts';

export interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly packs: Readonly<Record<string, readonly string[]>>;
  /** Roles among them that are held for some places alone. */
  readonly only: Places | null;
  readonly account: boolean;
  /** Up to which secrecy label they read whatever their roles; null = as their roles do. */
  readonly clearance: string | null;
}

/** By id, after `after`; one more than `limit`, if there is one. */
export async function peopleFrom(db: Db, after: string, limit: number): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    select p.id, p.name, exists (select from account a where a.person = p.id) as account,
      coalesce((select jsonb_object_agg(pack_id, roles) from
        (select pack_id, jsonb_agg(distinct role order by role) roles from person_role where person = p.id group by pack_id) r), '{}') as packs,
      ${onlySql(sql`p.id`)} as only, (select label from person_clearance where person = p.id) as clearance
    from person p where p.id > ${after} order by p.id limit ${limit + 1}`.execute(db);
  return rows;
}

/** False when there is somebody of that id, or it is the one in whose name customers speak: nobody signs in as it. */
export async function addPerson(db: Db | Trx, id: string, name: string): Promise<boolean> {
  if (id === CUSTOMER_WEB) return false;
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('person')
    .values({ id, name })
    .onConflict((c) => c.doNothing())
    .executeTakeFirstOrThrow();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function isPerson(db: Db | Trx, id: string): Promise<boolean> {
  return (await db.selectFrom('person').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

/** From now on the person is called so; what they have signed keeps the name it was signed under. */
export async function rename(db: Db | Trx, id: string, name: string): Promise<void> {
  await db.updateTable('person').set({ name }).where('id', '=', id).execute();
}

/** From now on the person holds these roles of the pack, and no other of it. A bare role is one for all places. */
export async function setRoles(db: Db | Trx, person: string, pack: string, roles: readonly (Held | string)[]): Promise<void> {
  await inTransaction(db, async (trx) => {
    await trx.deleteFrom('person_role').where('person', '=', person).where('pack_id', '=', pack).execute();
    if (roles.length > 0)
      await trx
        .insertInto('person_role')
        .values(
          roles
            .map((one) => (typeof one === 'string' ? { role: one } : one))
            .map(({ role, place = '' }) => ({ person, pack_id: pack, role, place })),
        )
        .onConflict((c) => c.doNothing())
        .execute();
  });
}

/** What the person holds in a pack, by role and place. */
export async function heldIn(db: Db | Trx, person: string, pack: string): Promise<Held[]> {
  const rows = await db
    .selectFrom('person_role')
    .select(['role', 'place'])
    .where('person', '=', person)
    .where('pack_id', '=', pack)
    .orderBy('role')
    .orderBy('place')
    .execute();
  return rows.map(({ role, place }) => (place === '' ? { role } : { role, place }));
}

/** Until the transaction ends nobody else who asks for this changes what the person holds. */
export async function holdPerson(trx: Trx, person: string): Promise<void> {
  await trx.selectFrom('person').select('id').where('id', '=', person).forUpdate().execute();
}

/** Roles of the person by pack, for whatever places. */
export async function rolesByPack(db: Db | Trx, person: string): Promise<Record<string, string[]>> {
  const rows = await db.selectFrom('person_role').select(['pack_id', 'role']).distinct().where('person', '=', person).execute();
  const held: Record<string, string[]> = {};
  for (const { pack_id: pack, role } of rows) (held[pack] ??= []).push(role);
  return held;
}

/** One role more, or one place more for it. */
export async function addRole(db: Db, person: string, pack: string, { role, place = '' }: Held): Promise<void> {
  await db
    .insertInto('person_role')
    .values({ person, pack_id: pack, role, place })
    .onConflict((c) => c.doNothing())
    .execute();
}

/** Up to which secrecy label a person reads whatever their roles; null = as their roles do. */
export async function setClearance(db: Db | Trx, person: string, label: string | null): Promise<void> {
  if (label === null) {
    await db.deleteFrom('person_clearance').where('person', '=', person).execute();
    return;
  }
  await db
    .insertInto('person_clearance')
    .values({ person, label })
    .onConflict((c) => c.column('person').doUpdateSet({ label }))
    .execute();
}

/** Where notices to a person are mailed; null = nowhere. */
export async function setMail(db: Db | Trx, person: string, mail: string | null): Promise<void> {
  if (mail === null) {
    await db.deleteFrom('person_contact').where('person', '=', person).execute();
    return;
  }
  const seal = await sealer(db, subjects.person(person));
  const kept = seal.text(mail);
  await db
    .insertInto('person_contact')
    .values({ person, mail: kept })
    .onConflict((c) => c.column('person').doUpdateSet({ mail: kept }))
    .execute();
}
