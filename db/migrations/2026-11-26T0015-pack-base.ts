import { sql, type Kysely } from 'kysely';

/** What a pack extends, once a version of it that says so has been in force; kept by the table of versions itself. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('pack_base')
    .addColumn('pack', 'text', (c) => c.notNull())
    .addColumn('base', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('pack_base_pkey', ['pack', 'base'])
    .execute();
  await sql`create function keep_bases() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if new.status = 'active' then
        insert into pack_base (pack, base) select new.id, b from json_array_elements_text(coalesce(new.content -> 'bases', '[]')) b
        on conflict do nothing;
      end if;
      return new;
    end $$`.execute(db);
  await sql`revoke all on function keep_bases() from public`.execute(db);
  await sql`create trigger pack_bases_kept after insert or update of status on pack_version for each row execute function keep_bases()`.execute(
    db,
  );
  // The one pack that extends another and was shipped before versions said so.
  await sql`insert into pack_base (pack, base) select distinct id, 's3-cs19' from pack_version where id = 's3-cs19-demo' and status = 'active'`.execute(
    db,
  );
  await sql`grant select on pack_base to redress_app`.execute(db);
}
