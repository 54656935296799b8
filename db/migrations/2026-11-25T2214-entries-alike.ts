import { sql, type Kysely } from 'kysely';

/** Entries at one place by when they end, and entries that say the same name, telephone or licence. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index entry_place on entry (register, (body ->> 'place'), (coalesce(body ->> 'until', body ->> 'from')))
    where body ->> 'place' is not null`.execute(db);
  for (const field of ['name', 'telephone', 'licence'])
    await sql`create index ${sql.ref(`entry_${field}`)} on entry (register, (body ->> ${sql.lit(field)}))
      where body ->> ${sql.lit(field)} is not null`.execute(db);
}
