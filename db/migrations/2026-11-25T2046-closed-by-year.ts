/** Closed cases in the order of their closing: the year's file. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index case_file_closed on case_file (closed_at desc, number desc) where status = 'closed'`.execute(db);
}
