import { sql, type Kysely } from 'kysely';

/** Keys of subjects, wrapped by the master key, and what was erased. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('subject_key')
    .addColumn('subject', 'text', (c) => c.primaryKey())
    .addColumn('master_key', 'text')
    .addColumn('wrapped', 'bytea')
    .addColumn('made_at', 'timestamptz(3)', (c) => c.notNull().defaultTo(sql`now()`))
    .addColumn('erased_at', 'timestamptz(3)')
    .addCheckConstraint(
      'subject_key_whole_or_erased',
      sql`(wrapped is null) = (erased_at is not null) and (master_key is null) = (wrapped is null)`,
    )
    .execute();
  // What is erased stays erased.
  await sql`create function refuse_revival() returns trigger language plpgsql as $$
    begin
      if old.erased_at is not null then raise exception 'subject % was erased', old.subject using errcode = '23514'; end if;
      if tg_op = 'DELETE' then raise exception 'keys of subjects are not deleted' using errcode = '23514'; end if;
      return new;
    end $$`.execute(db);
  await sql`create trigger subject_key_stays_erased before update or delete on subject_key for each row execute function refuse_revival()`.execute(
    db,
  );
  await db.schema
    .createTable('erasure')
    .addColumn('ordinal', 'bigint', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addUniqueConstraint('erasure_once', ['key', 'subject'])
    .execute();
  await sql`create index erasure_subject on erasure (subject)`.execute(db);
  await sql`create trigger erasure_append_only before update or delete or truncate on erasure
    for each statement execute function refuse_change()`.execute(db);
  await sql`alter table document add column subject text`.execute(db);
  await sql`grant select, insert on subject_key, erasure to redress_app`.execute(db);
  await sql`grant update (master_key, wrapped, erased_at) on subject_key to redress_app`.execute(db);
}
