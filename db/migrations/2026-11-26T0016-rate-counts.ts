import { sql, type Kysely } from 'kysely';

/**
 * How much was asked in the current window, counted by all processes together. Not logged: after a crash everybody begins at
 * nought, which costs nothing but a window. The key is a hash, so no address or person stands here.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create unlogged table rate_count (
    key text primary key,
    taken bigint not null,
    ends_at timestamptz(3) not null
  )`.execute(db);
  await sql`create index rate_count_ends on rate_count (ends_at)`.execute(db);
  await sql`grant select, insert, update, delete on rate_count to redress_app`.execute(db);
}
