import { sql, type Kysely } from 'kysely';

/** Accounts with passwords, sessions that can be ended, one-time links, and tokens with scope and end. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('account')
    .addColumn('person', 'text', (c) => c.primaryKey().references('person.id'))
    .addColumn('password_hash', 'text', (c) => c.notNull())
    .addColumn('changed_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('failures', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('locked_until', 'timestamptz(3)')
    .execute();
  await db.schema
    .createTable('session')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('id', 'text', (c) => c.notNull().unique())
    .addColumn('person', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('how', 'text', (c) => c.notNull())
    .addColumn('started_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('seen_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('fresh_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('ends_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('ended_at', 'timestamptz(3)')
    .addColumn('agent', 'text', (c) => c.notNull().defaultTo(''))
    .execute();
  await sql`create index session_person on session (person, started_at)`.execute(db);
  await db.schema
    .createTable('one_time_link')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('person', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('made_by', 'text')
    .addColumn('made_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('ends_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('used_at', 'timestamptz(3)')
    .execute();
  await db.schema
    .alterTable('api_token')
    .addColumn('id', 'text', (c) => c.notNull().defaultTo(sql`gen_random_uuid()::text`))
    .addColumn('name', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('scopes', sql`text[]`, (c) => c.notNull().defaultTo(sql`'{read,act,administer}'`))
    .addColumn('ends_at', 'timestamptz(3)')
    .addColumn('used_at', 'timestamptz(3)')
    .addColumn('ended_at', 'timestamptz(3)')
    .execute();
  await sql`create unique index api_token_id on api_token (id)`.execute(db);
  await sql`grant select, insert, update on account, session, one_time_link, api_token to redress_app`.execute(db);
}
