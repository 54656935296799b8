/** Who is absent, and who stands in: one table for approvals, notices and dispatch. And when a notice may leave, and to whom it goes. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('absence')
    .addColumn('id', 'bigint', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('person', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('substitute', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('starts_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('ends_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('pack_id', 'text')
    .addColumn('role', 'text')
    .addColumn('reason', 'text')
    .addColumn('key', 'text', (c) => c.notNull().unique())
    .addColumn('entered_by', 'text', (c) => c.notNull())
    .addColumn('entered_at', 'timestamptz(3)', (c) => c.notNull())
    // Back earlier, or never gone.
    .addColumn('ended_at', 'timestamptz(3)')
    .addColumn('ended_by', 'text')
    .addCheckConstraint('absence_of_another', sql`substitute <> person`)
    .addCheckConstraint('absence_lasts', sql`ends_at > starts_at`)
    .addCheckConstraint('absence_scope', sql`role is null or pack_id is not null`)
    .execute();
  await sql`create index absence_person on absence (person, ends_at)`.execute(db);
  await sql`create index absence_substitute on absence (substitute, ends_at)`.execute(db);
  await sql`grant select, insert on absence to redress_app`.execute(db);
  await sql`grant update (ended_at, ended_by) on absence to redress_app`.execute(db);

  // The absence of a person that holds for a role of a pack at an instant, the narrowest first; no row: they are there. A null
  // role asks for the person as such.
  await sql`
    create function absence_at(who text, pack text, as_role text, at timestamptz) returns table (absent text, stands_in text)
    language sql stable as $$
      select person, substitute from absence
      where person = who and starts_at <= at and at < least(ends_at, coalesce(ended_at, 'infinity'))
        and (pack_id is null or pack_id = pack) and (role is null or as_role is null or role = as_role)
      order by role nulls last, pack_id nulls last, id desc limit 1 $$`.execute(db);
  // Whom a notice reaches: the holders of the role (or the person), and for an absent one the substitute. A substitute who is
  // absent as well has none in turn: then it goes to the others; if nobody is there at all, to all of them.
  await sql`
    create function persons_told(pack text, recipient text, at timestamptz) returns text[] language sql stable as $$
      with asked as (
        select case when recipient like 'person:%' then null else recipient end as as_role
      ), holder as (
        select substr(recipient, 8) as person where recipient like 'person:%'
        union select person from person_role where pack_id = pack and role = recipient
      ), there as (
        select case when gone.absent is null then holder.person else free.person end as person
        from asked cross join holder
        left join lateral absence_at(holder.person, pack, asked.as_role, at) gone on true
        left join lateral (
          select gone.stands_in as person where not exists (select from absence_at(gone.stands_in, pack, asked.as_role, at))
        ) free on gone.absent is not null
      )
      select coalesce((select array_agg(distinct person order by person) from there where person is not null),
        (select array_agg(person order by person) from holder), '{}') $$`.execute(db);
  await sql`alter table outbox add column not_before timestamptz(3), add column persons text[]`.execute(db);
  await sql`create index outbox_persons on outbox using gin (persons) where read_at is null`.execute(db);
}
