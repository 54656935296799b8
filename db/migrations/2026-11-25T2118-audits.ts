import { sql, type Kysely } from 'kysely';

/** Audits by a check list: opened for a period, marked, issued. Nothing of them is changed afterwards: a later mark stands beside the earlier. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('audit')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('checklist', 'jsonb', (c) => c.notNull())
    .addColumn('from_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('to_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('at', 'timestamptz(3)', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('audit_mark')
    .addColumn('ordinal', 'bigint', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('audit', 'text', (c) => c.notNull().references('audit.id'))
    .addColumn('indicator', 'text', (c) => c.notNull())
    .addColumn('applicable', 'boolean', (c) => c.notNull())
    .addColumn('points', 'integer', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull().unique())
    .execute();
  await sql`create index audit_mark_audit on audit_mark (audit, ordinal)`.execute(db);
  await db.schema
    .createTable('audit_issue')
    .addColumn('audit', 'text', (c) => c.primaryKey().references('audit.id'))
    .addColumn('result', 'jsonb', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('at', 'timestamptz(3)', (c) => c.notNull())
    .execute();
  for (const table of ['audit', 'audit_mark', 'audit_issue']) {
    await sql`create trigger ${sql.ref(`${table}_append_only`)} before update or delete or truncate on ${sql.table(table)}
      for each statement execute function refuse_change()`.execute(db);
  }
  await sql`grant select, insert on audit, audit_mark, audit_issue to redress_app`.execute(db);
}
