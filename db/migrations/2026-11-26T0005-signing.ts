import { sql, type Kysely } from 'kysely';

/**
 * What a signature shows besides the record: the names that people have borne, and how whoever sent a message had signed in. Both
 * are only ever added to: a name that changes leaves the papers that were signed under the earlier one as they were.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('person_name')
    .addColumn('ordinal', 'bigint', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('since', 'timestamptz(3)', (c) => c.notNull())
    .execute();
  await sql`create index person_name_person on person_name (person, since, ordinal)`.execute(db);
  await sql`insert into person_name (person, name, since) select id, name, now() from person`.execute(db);
  // Kept by the table itself: no way of writing a name goes round it.
  await sql`create function keep_name() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if tg_op = 'INSERT' or new.name is distinct from old.name then
        insert into person_name (person, name, since) values (new.id, new.name, clock_timestamp());
      end if;
      return new;
    end $$`.execute(db);
  await sql`revoke all on function keep_name() from public`.execute(db);
  await sql`create trigger person_name_kept after insert or update of name on person for each row execute function keep_name()`.execute(db);
  await db.schema
    .createTable('signing')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('how', 'text', (c) => c.notNull())
    .addColumn('fresh_at', 'timestamptz(3)')
    .addColumn('stored_at', 'timestamptz(3)', (c) => c.notNull().defaultTo(sql`clock_timestamp()`))
    .execute();
  await sql`alter table signing add constraint signing_how check (how in ('password', 'link', 'oidc', 'token'))`.execute(db);
  for (const table of ['person_name', 'signing']) {
    await sql`create trigger ${sql.ref(`${table}_append_only`)} before update or delete or truncate on ${sql.table(table)}
      for each statement execute function refuse_change()`.execute(db);
  }
  await sql`grant select on person_name to redress_app`.execute(db);
  await sql`grant select, insert (key, how, fresh_at) on signing to redress_app`.execute(db);
}
