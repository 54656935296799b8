import { sql, type Kysely } from 'kysely';

/** Customers asked by their link to consent to a later time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('consent_request')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('case_number', 'text', (c) => c.notNull())
    .addColumn('round', 'integer', (c) => c.notNull())
    .addColumn('until_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('complex', 'boolean', (c) => c.notNull())
    .addColumn('asked_by', 'text', (c) => c.notNull())
    .addColumn('asked_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull().unique())
    .execute();
  await sql`create index consent_request_case on consent_request (case_number, asked_at)`.execute(db);
  await sql`create trigger consent_request_append_only before update or delete or truncate on consent_request
    for each statement execute function refuse_change()`.execute(db);
  await sql`grant select, insert on consent_request to redress_app`.execute(db);
}
