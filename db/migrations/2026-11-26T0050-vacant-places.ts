/** The overseers are told instead where a role is held for other places alone; a role that nobody holds at all keeps its notices in its own box. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create or replace function persons_told_at(pack text, recipient text, at timestamptz, places text[], instead text[]) returns text[] language sql stable as $$
      with able as (
        select person, role, case when role = recipient then case when place = '' then 2 else 1 end else 3 end as turn from person_role
        where pack_id = pack and held_at(place, places) and (role = recipient or (role = any(instead)
          and exists (select from person_role other where other.pack_id = pack and other.role = recipient)))
      ), holder as (
        select substr(recipient, 8) as person, null as as_role where recipient like 'person:%'
        union select person, role from able where recipient not like 'person:%' and turn = (select min(turn) from able)
      ), there as (
        select case when gone.absent is null then holder.person else free.person end as person
        from holder
        left join lateral absence_at(holder.person, pack, holder.as_role, at) gone on true
        left join lateral (
          select gone.stands_in as person where not exists (select from absence_at(gone.stands_in, pack, holder.as_role, at))
        ) free on gone.absent is not null
      )
      select coalesce((select array_agg(distinct person order by person) from there where person is not null),
        (select array_agg(distinct person order by person) from holder), '{}') $$`.execute(db);
}
