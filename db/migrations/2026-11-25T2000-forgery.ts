import { sql, type Kysely } from 'kysely';

/** Messages that claimed to have come through the desk and had not. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('forgery')
    .addColumn('case_number', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('why', 'text', (c) => c.notNull())
    .addColumn('found_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .addPrimaryKeyConstraint('forgery_pk', ['case_number', 'key'])
    .execute();
  await sql`create trigger forgery_append_only before update or delete or truncate on forgery
    for each statement execute function refuse_change()`.execute(db);
  await sql`grant select, insert on forgery to redress_app`.execute(db);
}
