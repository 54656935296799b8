/** Changes of many open cases at once: what was asked, and case by case what became of it. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('bulk_job')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('calendar', 'rebase')`))
    .addColumn('status', 'text', (c) =>
      c.notNull().check(sql`status in ('asked', 'previewing', 'previewed', 'confirmed', 'running', 'done', 'cancelled')`),
    )
    .addColumn('pack_id', 'text')
    .addColumn('to_version', 'text')
    .addColumn('calendar_id', 'text')
    .addColumn('calendar_version', 'text')
    .addColumn('reason', 'text')
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('roles', sql`text[]`, (c) => c.notNull())
    .addColumn('confirmed', 'boolean', (c) => c.notNull())
    .addColumn('asked_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('finished_at', 'timestamptz(3)')
    .execute();
  await sql`create index bulk_job_waits on bulk_job (asked_at) where status = 'asked'`.execute(db);
  await db.schema
    .createTable('bulk_item')
    .addColumn('job', 'text', (c) => c.notNull().references('bulk_job.id'))
    .addColumn('case_number', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull().check(sql`status in ('due', 'changed', 'unchanged', 'skipped', 'refused')`))
    .addColumn('code', 'text')
    // Deadlines from when to when: as foreseen while due, as recorded when done.
    .addColumn('changes', 'jsonb', (c) => c.notNull())
    .addColumn('done_at', 'timestamptz(3)')
    .addPrimaryKeyConstraint('bulk_item_pk', ['job', 'case_number'])
    .execute();
  await sql`create index bulk_item_due on bulk_item (job, case_number) where status = 'due'`.execute(db);
  await sql`grant select, insert on bulk_job, bulk_item to redress_app`.execute(db);
  await sql`grant update (status, confirmed, finished_at) on bulk_job to redress_app`.execute(db);
  await sql`grant update (status, code, changes, done_at) on bulk_item to redress_app`.execute(db);
}
