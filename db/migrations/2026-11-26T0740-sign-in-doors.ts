import { sql, type Kysely } from 'kysely';

/**
 * Wrong passwords are counted for each door at which somebody stands who tries one: a browser or an address by which the person has signed
 * in before, a session, an address that is strange to them, and all strange ones together. No door stands here by name.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table sign_in_door (
    person text not null references account (person),
    door text not null,
    failures integer not null,
    shut_until timestamptz(3) not null,
    known_at timestamptz(3),
    tried_at timestamptz(3) not null,
    primary key (person, door)
  )`.execute(db);
  await sql`grant select, insert, update, delete on sign_in_door to redress_app`.execute(db);
  // What stays in `locked_until` shuts an account that an administrator has shut; counts of wrong passwords begin anew.
  await sql`update account set locked_until = null where locked_until < '9999-01-01'`.execute(db);
  await sql`alter table account drop column failures`.execute(db);
}
