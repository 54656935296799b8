import { sql, type Kysely } from 'kysely';

/** Links by which a customer follows a case without signing in, and what customers say by them that is no step of their case. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tracking_link')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('id', 'text', (c) => c.notNull().unique())
    .addColumn('case_number', 'text', (c) => c.notNull())
    // Over the secret and the telephone's last four digits: without the secret nothing can be tried out on it.
    .addColumn('tail_hash', 'text', (c) => c.notNull())
    .addColumn('made_by', 'text', (c) => c.notNull())
    .addColumn('made_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('ends_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('ended_at', 'timestamptz(3)')
    .addColumn('ended_by', 'text')
    // Of the intake that made it: its sender may ask again, and gets another link in its place.
    .addColumn('key', 'text')
    .addColumn('failures', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('failures_in_all', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('locked_until', 'timestamptz(3)')
    .addColumn('reads', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('read_at', 'timestamptz(3)')
    .execute();
  await sql`create index tracking_link_case on tracking_link (case_number, made_at)`.execute(db);
  await sql`create index tracking_link_key on tracking_link (key) where key is not null`.execute(db);
  await db.schema
    .createTable('customer_word')
    .addColumn('id', 'bigint', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('case_number', 'text', (c) => c.notNull())
    .addColumn('link', 'text', (c) => c.notNull().references('tracking_link.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('round', 'integer', (c) => c.notNull())
    .addColumn('body', 'jsonb', (c) => c.notNull())
    .addColumn('at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull().unique())
    .execute();
  await sql`create index customer_word_case on customer_word (case_number, id)`.execute(db);
  await sql`create trigger customer_word_append_only before update or delete or truncate on customer_word
    for each statement execute function refuse_change()`.execute(db);
  await sql`grant select, insert, update on tracking_link to redress_app`.execute(db);
  await sql`grant select, insert on customer_word to redress_app`.execute(db);
  await sql`grant usage, select on all sequences in schema public to redress_app`.execute(db);
}
