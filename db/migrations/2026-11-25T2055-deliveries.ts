import { sql, type Kysely } from 'kysely';

/** Notices outside the application: what was sent by which channel, and what came of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table outbox add column dispatched_at timestamptz(3)`.execute(db);
  await sql`create index outbox_undispatched on outbox (id) where status = 'pending' and dispatched_at is null`.execute(db);
  await db.schema
    .createTable('delivery')
    .addColumn('id', 'bigint', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('message_id', 'text', (c) => c.notNull().unique())
    .addColumn('notices', sql`bigint[]`, (c) => c.notNull())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('person', 'text')
    .addColumn('status', 'text', (c) => c.notNull().defaultTo('waiting'))
    .addColumn('queued', 'boolean', (c) => c.notNull().defaultTo(false))
    .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('why', 'text')
    .addColumn('created_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('tried_at', 'timestamptz(3)')
    .addColumn('sent_at', 'timestamptz(3)')
    .execute();
  await sql`create index delivery_notices on delivery using gin (notices)`.execute(db);
  await sql`create index delivery_unsent on delivery (id) where status <> 'sent'`.execute(db);
  await db.schema
    .createTable('person_contact')
    .addColumn('person', 'text', (c) => c.primaryKey().references('person.id'))
    .addColumn('mail', 'text', (c) => c.notNull())
    .execute();
  await sql`grant select, insert, update on delivery, person_contact to redress_app`.execute(db);
  await sql`grant delete on person_contact to redress_app`.execute(db);
  await sql`grant usage, select on all sequences in schema public to redress_app`.execute(db);
}
