/** Forms begun and not sent: each person's own, beside every record. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('draft')
    .addColumn('id', 'bigint', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('person', 'text', (c) => c.notNull())
    // A case's number and step, or the pack and kind of a case that is to be opened.
    .addColumn('about', 'text', (c) => c.notNull())
    .addColumn('what', 'text', (c) => c.notNull())
    .addColumn('form', 'json', (c) => c.notNull())
    .addColumn('saved_at', 'timestamptz(3)', (c) => c.notNull())
    .addUniqueConstraint('draft_of_one', ['person', 'about', 'what'])
    .execute();
  await sql`grant select, insert, update, delete on draft to redress_app`.execute(db);
}
