/** Requests counted by all processes together, in windows of the database's clock. */
import { sql } from 'kysely';
import type { Db } from './database.ts';

export interface Counted {
  /** Taken in this window, these included. */
  readonly taken: number;
  /** Until the window ends, in ms. */
  readonly leftMs: number;
}

/** Takes `many` at once from the window of `key`, which begins with the first of them and lasts `windowMs`. One statement, one row. */
export async function take(db: Db, key: string, many: number, windowMs: number): Promise<Counted> {
  const ends = sql`statement_timestamp() + ${windowMs} * interval '1 millisecond'`;
  const { rows } = await sql<{ taken: string; left_ms: number }>`
    insert into rate_count as r (key, taken, ends_at) values (${key}, ${many}, ${ends})
    on conflict (key) do update set
      taken = case when r.ends_at <= statement_timestamp() then excluded.taken else r.taken + excluded.taken end,
      ends_at = case when r.ends_at <= statement_timestamp() then excluded.ends_at else r.ends_at end
    returning taken, extract(epoch from ends_at - statement_timestamp())::float8 * 1000 left_ms`.execute(db);
  return { taken: Number(rows[0]?.taken ?? many), leftMs: Math.max(0, Math.ceil(rows[0]?.left_ms ?? windowMs)) };
}

/** What is taken in the window of `key`, without taking any. */
export async function taken(db: Db, key: string): Promise<Counted> {
  const { rows } = await sql<{ taken: string; left_ms: number }>`
    select taken, extract(epoch from ends_at - statement_timestamp())::float8 * 1000 left_ms from rate_count
    where key = ${key} and ends_at > statement_timestamp()`.execute(db);
  return { taken: Number(rows[0]?.taken ?? 0), leftMs: Math.ceil(rows[0]?.left_ms ?? 0) };
}

/** At most so many rows at once; whoever comes next takes the rest. */
const SWEPT = 1_000;

/** Removes windows that have ended. */
export async function forgetEnded(db: Db): Promise<void> {
  await sql`delete from rate_count where key in
    (select key from rate_count where ends_at <= statement_timestamp() limit ${SWEPT} for update skip locked)`.execute(db);
}
