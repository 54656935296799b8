/** By which definition of a register the index of its entries is made, and how far. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table register_index (register text primary key, shape text not null, upto text collate "C" not null, done_at timestamptz(3))`.execute(
    db,
  );
  await sql`grant select, insert, update on register_index to redress_app`.execute(db);
}
