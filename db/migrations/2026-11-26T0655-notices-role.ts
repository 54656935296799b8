import { sql, type Kysely } from 'kysely';

/**
 * Notices leave in a role of their own, which owns the queue's schema and nothing else. The queue's library makes its tables in it; it may not
 * make a schema, so its table of migrations stands here as the library would make it. What was in a queue of the owner is put into the new one.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    do $$ begin
      create role redress_notices nologin;
    exception when duplicate_object or unique_violation then null;
    end $$`.execute(db);
  await sql`grant redress_notices to current_user`.execute(db);
  await sql`drop schema if exists graphile_worker cascade`.execute(db);
  await sql`create schema graphile_worker authorization redress_notices`.execute(db);
  await sql`create table graphile_worker.migrations
    (id int primary key, ts timestamptz not null default now(), breaking boolean not null default false)`.execute(db);
  await sql`alter table graphile_worker.migrations owner to redress_notices`.execute(db);
  await sql`update delivery set queued = false where status <> 'sent'`.execute(db);

  await sql`grant usage on schema public to redress_notices`.execute(db);
  await sql`grant select, insert, update on delivery to redress_notices`.execute(db);
  await sql`grant select, update (dispatched_at) on outbox to redress_notices`.execute(db);
  await sql`grant select (number, pack_id, pack_hash, kind, label, state) on case_file to redress_notices`.execute(db);
  await sql`grant select (register, id, label) on entry to redress_notices`.execute(db);
  await sql`grant select on task, person_contact, subject_key to redress_notices`.execute(db);
}
