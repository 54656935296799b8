/** Live changes catch up by when a case last changed: without this index every reconnect reads the whole table. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index case_file_changed on case_file (updated_at, number)`.execute(db);
}
