import { sql, type Kysely } from 'kysely';

/**
 * What was answered to a request whose change has no key of its own, kept for a day, so that the same key again gets the first answer.
 * And the request by which a message came, beside how its sender had signed in: by it the log is found.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('request_answer')
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('fingerprint', 'text', (c) => c.notNull())
    .addColumn('begun_at', 'timestamptz(3)', (c) => c.notNull().defaultTo(sql`clock_timestamp()`))
    .addColumn('status', 'integer')
    .addColumn('body', 'text')
    .addColumn('location', 'text')
    .addPrimaryKeyConstraint('request_answer_pk', ['person', 'key'])
    .execute();
  await db.schema.createIndex('request_answer_begun').on('request_answer').column('begun_at').execute();
  await sql`grant select, insert, update, delete on request_answer to redress_app`.execute(db);
  await sql`alter table signing add column request text`.execute(db);
  await sql`grant insert (request) on signing to redress_app`.execute(db);
}
