/** Versions of calendars: each year that is loaded makes one. What a version says never changes. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('calendar_version')
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('version', 'text', (c) => c.notNull())
    // The order in which they came: the newest is what a case is opened under.
    .addColumn('ordinal', 'bigint', (c) => c.notNull().generatedAlwaysAsIdentity())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('content', 'json', (c) => c.notNull())
    .addColumn('loaded_by', 'text')
    .addColumn('loaded_at', 'timestamptz(3)', (c) => c.notNull())
    .addPrimaryKeyConstraint('calendar_version_pk', ['id', 'version'])
    .execute();
  await sql`create index calendar_version_newest on calendar_version (id, ordinal desc)`.execute(db);
  await sql`create trigger calendar_version_content before update or delete or truncate on calendar_version
    for each statement execute function refuse_change()`.execute(db);
  await sql`grant select, insert on calendar_version to redress_app`.execute(db);
  // Who waits for a year: asked by page, over all open cases.
  await sql`create index clock_provisional on clock (case_number) where provisional and status in ('running', 'breached')`.execute(db);
}
