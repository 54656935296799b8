/** Inbox, record, read models, people, money: the first schema. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create sequence case_number_seq`.execute(db);

  await db.schema
    .createTable('inbox')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('case_number', 'text', (c) => c.notNull())
    .addColumn('step', 'text', (c) => c.notNull())
    .addColumn('mode', 'text', (c) => c.notNull())
    .addColumn('command', 'jsonb', (c) => c.notNull())
    .addColumn('fingerprint', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('received_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('outcome', 'jsonb')
    .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('next_attempt_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now() + interval '2 seconds'`))
    .execute();
  await sql`create index inbox_open on inbox (next_attempt_at) where outcome is null`.execute(db);
  await sql`create index inbox_open_case on inbox (case_number) where outcome is null`.execute(db);

  await db.schema
    .createTable('document')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('stored_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .execute();

  await db.schema
    .createTable('case_file')
    .addColumn('number', 'text', (c) => c.primaryKey())
    .addColumn('pack_id', 'text', (c) => c.notNull())
    .addColumn('pack_version', 'text', (c) => c.notNull())
    .addColumn('pack_hash', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('severity', 'text', (c) => c.notNull())
    .addColumn('stage', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('round', 'integer', (c) => c.notNull())
    .addColumn('opened_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('closed_at', 'timestamptz(3)')
    .addColumn('next_due_at', 'timestamptz(3)')
    .addColumn('breaches', 'integer', (c) => c.notNull())
    .addColumn('escalations', 'integer', (c) => c.notNull())
    .addColumn('escalated_to', 'text')
    .addColumn('unit', 'text')
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('head_hash', 'text', (c) => c.notNull())
    .addColumn('state', 'jsonb', (c) => c.notNull())
    .addColumn('needs_ops', 'text')
    .addColumn('updated_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .execute();
  await sql`create index case_file_due on case_file (next_due_at, number) where status = 'open'`.execute(db);
  await sql`create index case_file_opened on case_file (opened_at desc, number desc)`.execute(db);
  await sql`create index case_file_ops on case_file (number) where needs_ops is not null`.execute(db);

  await db.schema
    .createTable('event')
    .addColumn('case_number', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('occurred_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('recorded_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('person', 'text')
    .addColumn('clause', 'text')
    .addColumn('key', 'text')
    .addColumn('body', 'jsonb', (c) => c.notNull())
    .addColumn('prev_hash', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('event_pk', ['case_number', 'seq'])
    .execute();

  await db.schema
    .createTable('task')
    .addColumn('case_number', 'text', (c) => c.notNull())
    .addColumn('task_id', 'text', (c) => c.notNull())
    .addColumn('step', 'text', (c) => c.notNull())
    .addColumn('roles', sql`text[]`, (c) => c.notNull())
    .addColumn('round', 'integer', (c) => c.notNull())
    .addColumn('clause', 'text')
    .addColumn('optional', 'boolean', (c) => c.notNull())
    .addColumn('escalation', 'boolean', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('holder', 'text')
    .addColumn('due_at', 'timestamptz(3)')
    .addColumn('breached', 'boolean', (c) => c.notNull())
    .addColumn('opened_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('closed_at', 'timestamptz(3)')
    .addPrimaryKeyConstraint('task_pk', ['case_number', 'task_id'])
    .execute();
  await sql`create index task_open on task (due_at, case_number, task_id) where status = 'open'`.execute(db);
  await sql`create index task_roles on task using gin (roles) where status = 'open'`.execute(db);

  await db.schema
    .createTable('clock')
    .addColumn('case_number', 'text', (c) => c.notNull())
    .addColumn('clock_id', 'text', (c) => c.notNull())
    .addColumn('limit_name', 'text', (c) => c.notNull())
    .addColumn('hardness', 'text', (c) => c.notNull())
    .addColumn('clause', 'text')
    .addColumn('round', 'integer', (c) => c.notNull())
    .addColumn('start_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('due_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('provisional', 'boolean', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('fired_at', 'timestamptz(3)')
    .addColumn('done_at', 'timestamptz(3)')
    .addColumn('late_by_ms', 'bigint')
    .addPrimaryKeyConstraint('clock_pk', ['case_number', 'clock_id'])
    .execute();
  await sql`create index clock_running on clock (due_at, case_number) where status = 'running'`.execute(db);

  await db.schema
    .createTable('outbox')
    .addColumn('id', 'bigint', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('case_number', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('recipient', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('body', 'jsonb', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('created_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('read_at', 'timestamptz')
    .addUniqueConstraint('outbox_once', ['case_number', 'seq', 'recipient'])
    .execute();
  await sql`create index outbox_unread on outbox (recipient, id desc) where read_at is null`.execute(db);

  await db.schema
    .createTable('rollup')
    .addColumn('month', 'text', (c) => c.notNull())
    .addColumn('pack_id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('opened', 'integer', (c) => c.notNull())
    .addColumn('closed', 'integer', (c) => c.notNull())
    .addColumn('decisions', 'integer', (c) => c.notNull())
    .addColumn('breaches', 'integer', (c) => c.notNull())
    .addColumn('escalations', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('rollup_pk', ['month', 'pack_id', 'kind'])
    .execute();

  await db.schema
    .createTable('person')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('person_role')
    .addColumn('person', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('pack_id', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('person_role_pk', ['person', 'pack_id', 'role'])
    .execute();
  await db.schema
    .createTable('api_token')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('person', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('created_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .execute();

  await db.schema
    .createTable('unit')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('estate', 'text', (c) => c.notNull())
    .addColumn('building', 'text', (c) => c.notNull())
    .addColumn('builder', 'text', (c) => c.notNull())
    .addColumn('warranty_until', 'text')
    .execute();
  await db.schema
    .createTable('ledger_entry')
    .addColumn('id', 'bigint', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('account', 'text', (c) => c.notNull())
    .addColumn('amount', 'bigint', (c) => c.notNull())
    .addColumn('case_number', 'text')
    .addColumn('effect', 'text', (c) => c.notNull())
    .addColumn('entered_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .addUniqueConstraint('ledger_once', ['account', 'effect'])
    .execute();
  await db.schema
    .createTable('effect_receipt')
    .addColumn('case_number', 'text', (c) => c.notNull())
    .addColumn('effect', 'text', (c) => c.notNull())
    .addColumn('ordinal', 'integer', (c) => c.notNull())
    .addColumn('result', 'jsonb', (c) => c.notNull())
    .addColumn('done_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .addPrimaryKeyConstraint('effect_receipt_pk', ['case_number', 'effect', 'ordinal'])
    .execute();
  await db.schema
    .createTable('work_order')
    .addColumn('number', 'text', (c) => c.primaryKey())
    .addColumn('case_number', 'text', (c) => c.notNull())
    .addColumn('order_class', 'text', (c) => c.notNull())
    .addColumn('trades', 'text', (c) => c.notNull())
    .addColumn('amount', 'bigint', (c) => c.notNull())
    .addColumn('due_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('issued_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .execute();
  await db.schema
    .createTable('dossier')
    .addColumn('case_number', 'text', (c) => c.primaryKey())
    .addColumn('content', 'jsonb', (c) => c.notNull())
    .addColumn('filed_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .execute();

  await appendOnly(db);
}

/** What is appended stays: no UPDATE, DELETE or TRUNCATE, by the application's rights and by trigger for everybody else. */
async function appendOnly(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'insufficient_privilege';
    end $$`.execute(db);
  for (const table of ['event', 'document', 'ledger_entry', 'work_order', 'dossier', 'effect_receipt']) {
    await sql`create trigger ${sql.ref(`${table}_append_only`)} before update or delete or truncate on ${sql.table(table)}
      for each statement execute function refuse_change()`.execute(db);
  }
  await sql`
    do $$ begin
      create role redress_app nologin;
    exception when duplicate_object or unique_violation then null;
    end $$`.execute(db);
  await sql`grant redress_app to current_user`.execute(db);
  await sql`grant usage on schema public to redress_app`.execute(db);
  await sql`grant select, insert on all tables in schema public to redress_app`.execute(db);
  await sql`grant update on inbox, case_file, task, clock, outbox, rollup to redress_app`.execute(db);
  await sql`grant update, delete on person, person_role, api_token, unit to redress_app`.execute(db);
  await sql`grant usage, select on all sequences in schema public to redress_app`.execute(db);
}
