/** Whoever enters that somebody is absent is not the one who then decides in their place. */
import { sql, type Kysely } from 'kysely';

/** What stands from before is left as it is: it cannot be entered again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table absence add constraint separation_of_duties check (entered_by <> substitute) not valid`.execute(db);
}
