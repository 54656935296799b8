/** Roles for all places, as they were, or for some: and where a case and an entry belong. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // Empty: for all places; else `<register>/<id>` of a register's entry.
  await sql`alter table person_role add column place text not null default ''`.execute(db);
  await sql`alter table person_role drop constraint person_role_pk, add constraint person_role_pk primary key (person, pack_id, role, place)`.execute(
    db,
  );
  await sql`alter table person_role add constraint person_role_place check (place = '' or (place ~ '^[A-Za-z]+/.+$' and pack_id <> 'redress'))`.execute(
    db,
  );
  await sql`create index person_role_held on person_role (pack_id, role)`.execute(db);
  await sql`alter table case_file add column places text[] not null default '{}'`.execute(db);
  await sql`alter table entry add column places text[] not null default '{}'`.execute(db);
  await sql`create index case_file_unit on case_file (unit) where unit is not null`.execute(db);

  await sql`
    create function held_at(place text, places text[]) returns boolean language sql immutable as
      $$ select place = '' or place = any(places) $$`.execute(db);
  // Places that were named, and what those lie in as the registers say now: a home in its building and estate.
  await sql`
    create function places_with(named text[]) returns text[] language sql stable as $$
      with recursive lies(place) as (
        select unnest(named)
        union
        select up.place from lies join entry e on e.register = split_part(lies.place, '/', 1) and e.id = substr(lies.place, strpos(lies.place, '/') + 1)
          cross join lateral (values ('estates/' || (e.in_force_body ->> 'estate')), ('buildings/' || (e.in_force_body ->> 'building'))) up(place)
        where e.register in ('units', 'buildings') and up.place is not null
      )
      select coalesce(array_agg(place order by place), '{}') from lies where place is not null $$`.execute(db);
  await sql`
    create function places_named(body jsonb) returns text[] language sql immutable as $$
      select array_remove(array['estates/' || nullif(body ->> 'estate', ''), 'buildings/' || nullif(body ->> 'building', ''),
        'units/' || nullif(body ->> 'unit', ''), 'outlets/' || nullif(body ->> 'outlet', '')], null) $$`.execute(db);
  await sql`
    create function entry_places(register text, id text, body jsonb) returns text[] language sql stable as $$
      select places_with(places_named(body) || case when register in ('estates', 'buildings', 'units', 'outlets') then array[register || '/' || id] else '{}' end) $$`.execute(
    db,
  );
  await sql`
    create function place_entry() returns trigger language plpgsql as $$
    begin
      new.places := entry_places(new.register, new.id, new.body);
      return new;
    end $$`.execute(db);
  await sql`create trigger entry_places before insert or update of body, in_force_body on entry for each row execute function place_entry()`.execute(
    db,
  );
  // A home that is entered late or moved takes along what names it.
  await sql`
    create function place_again() returns trigger language plpgsql as $$
    begin
      update case_file set places = places_with(places_named(case_file.state #> '{answers,open}')) where unit = new.id;
      update entry set places = entry_places(entry.register, entry.id, entry.body) from entry_ref r
        where r.to_register = 'units' and r.to_id = new.id and entry.register = r.register and entry.id = r.id;
      return null;
    end $$`.execute(db);
  await sql`create trigger units_places after insert or update of in_force_body on entry for each row when (new.register = 'units')
    execute function place_again()`.execute(db);

  // Whom a notice reaches: who holds the role for the place; if nobody does, who holds it for all; if nobody does, who is
  // told instead. For an absent one the substitute, who may have none in turn: then the others; if nobody is there at all, all of them.
  await sql`
    create function persons_told_at(pack text, recipient text, at timestamptz, places text[], instead text[]) returns text[] language sql stable as $$
      with able as (
        select person, role, case when role = recipient then case when place = '' then 2 else 1 end else 3 end as turn from person_role
        where pack_id = pack and (role = recipient or role = any(instead)) and held_at(place, places)
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

  // Whoever follows changes is looked at anew when their roles change.
  await sql`
    create function tell_people() returns trigger language plpgsql as $$
    begin
      perform pg_notify('redress_people', coalesce(new.person, old.person));
      return null;
    end $$`.execute(db);
  await sql`create trigger person_role_told after insert or update or delete on person_role for each row execute function tell_people()`.execute(
    db,
  );

  await sql`update case_file set places = places_with(places_named(state #> '{answers,open}'))
    where state #> '{answers,open}' ?| array['estate', 'building', 'unit', 'outlet']`.execute(db);
  await sql`update entry set places = entry_places(register, id, body)`.execute(db);
}
