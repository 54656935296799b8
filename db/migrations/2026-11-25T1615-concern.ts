/** Whose case it is, beside the case: lists and reads show a case only to those it concerns. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table case_file add column concerned_roles text[], add column concerned_persons text[]`.execute(db);
}
