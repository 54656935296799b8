/** An emergency grant taken back, or its asking: a row of its own, which nobody changes. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table emergency_end (ask bigint primary key references emergency_ask (id), person text not null references person (id), reason text not null,
    at timestamptz(3) not null, key text not null unique)`.execute(db);
  await sql`create trigger emergency_end_append_only before update or delete or truncate on emergency_end
    for each statement execute function refuse_change()`.execute(db);
  await sql`grant select, insert on emergency_end to redress_app`.execute(db);
}
