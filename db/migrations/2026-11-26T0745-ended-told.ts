import { sql, type Kysely } from 'kysely';

/** Whoever follows changes is looked at anew when a session or a token of theirs ends, as when their roles change. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['session', 'api_token'])
    await sql`create trigger ${sql.id(`${table}_end_told`)} after update of ended_at on ${sql.table(table)}
      for each row when (new.ended_at is not null and old.ended_at is null) execute function tell_people()`.execute(db);
}
