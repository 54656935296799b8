/**
 * Separation of duties as the last fence: which two acts on one thing are never one person's. `duty` is what the application's table says;
 * a decision of a case that breaks it is refused a row in `duty_act`, so that the record can still hold what a history holds.
 */
import { sql, type Kysely } from 'kysely';

const rows = [
  ['proposal', 'draw-up', 'review'],
  ['proposal', 'draw-up', 'approve'],
  ['proposal', 'review', 'approve'],
  ['account', 'draw-up', 'audit'],
  ['action', 'carry-out', 'verify'],
  ['contract', 'draw-up', 'sign'],
  ['contract', 'review', 'sign'],
  ['entry', 'write', 'review'],
  ['entry', 'write', 'approve'],
  ['entry', 'write', 'reject'],
  ['entry', 'write', 'withdraw'],
  ['entry', 'review', 'approve'],
  ['ledger', 'decide', 'enter'],
] as const;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table duty (thing text not null, done text not null, then_act text not null,
    constraint duty_pk primary key (thing, done, then_act))`.execute(db);
  for (const [thing, done, then] of rows) await sql`insert into duty values (${thing}, ${done}, ${then})`.execute(db);
  // `of_thing` names the version, the account or the action; `seq` is the event.
  await sql`create table duty_act (thing text not null, of_thing text not null, act text not null, person text not null,
    case_number text not null, seq integer not null, constraint duty_act_pk primary key (thing, of_thing, act, person))`.execute(db);
  await sql`create index duty_act_of_case on duty_act (case_number, seq)`.execute(db);
  // Who drew up what is still to be decided on.
  await sql`
    insert into duty_act
    select distinct on (2, 4) 'proposal', e.case_number || '/' || (e.body #>> '{data,name}') || '@' || (e.body #>> '{data,version}'), 'draw-up',
      jsonb_array_elements_text(e.body #> '{data,by}'), e.case_number, e.seq
    from event e join case_file f on f.number = e.case_number where f.status = 'open' and e.kind = 'proposed' order by 2, 4, e.seq`.execute(
    db,
  );

  await sql`
    create function refuse_duty(what text, why text) returns void language plpgsql as $$
    begin
      raise exception '%', why using errcode = 'check_violation', constraint = 'separation_of_duties', detail = what;
    end $$`.execute(db);
  await sql`
    create function duty_of_case() returns trigger language plpgsql as $$
    declare
      kept text;
    begin
      perform pg_advisory_xact_lock(hashtextextended(new.thing || new.of_thing, 0));
      -- In whichever order two connections bring them.
      select format('%s: whoever did %s does not %s', new.of_thing, d.done, d.then_act) into kept
        from duty d join duty_act a on a.thing = d.thing and (d.done, d.then_act) in ((a.act, new.act), (new.act, a.act))
        where d.thing = new.thing and a.of_thing = new.of_thing and a.person = new.person limit 1;
      if found then
        perform refuse_duty(new.seq::text, kept);
      end if;
      return new;
    end $$`.execute(db);
  await sql`create trigger duty_act_apart before insert on duty_act for each row execute function duty_of_case()`.execute(db);
  await sql`
    create function duty_of_entry() returns trigger language plpgsql as $$
    declare
      standing integer;
    begin
      select in_force into standing from entry where register = new.register and id = new.id;
      -- What was never approved, or needs no approval, may be withdrawn by whoever wrote it.
      perform 1 from duty d where d.thing = 'entry' and d.then_act = new.act and case d.done
        when 'write' then case when new.act = 'withdraw'
          then standing is not null and exists (select from entry_act a where a.register = new.register and a.id = new.id and a.act = 'approve')
            and exists (select from entry_version v
            where v.register = new.register and v.id = new.id and v.person = new.person and v.version = new.version)
          else exists (select from entry_version v
            where v.register = new.register and v.id = new.id and v.person = new.person and v.version > coalesce(standing, 0)) end
        when 'review' then exists (select from entry_act a
          where a.register = new.register and a.id = new.id and a.person = new.person and a.version = new.version and a.act = 'review')
        end;
      if found then
        perform refuse_duty(new.id, format('%s %s: somebody else has to %s it', new.register, new.id, new.act));
      end if;
      return new;
    end $$`.execute(db);
  await sql`create trigger entry_act_apart before insert on entry_act for each row execute function duty_of_entry()`.execute(db);
  await sql`
    create function duty_of_ledger() returns trigger language plpgsql as $$
    begin
      if new.entered_by = new.decided_by and exists (select from duty where thing = 'ledger' and done = 'decide' and then_act = 'enter') then
        perform refuse_duty(new.account, format('%s: whoever decided on it does not enter it', new.account));
      end if;
      return new;
    end $$`.execute(db);
  await sql`create trigger ledger_entry_apart before insert on ledger_entry for each row execute function duty_of_ledger()`.execute(db);

  for (const table of ['duty', 'duty_act']) {
    await sql`create trigger ${sql.ref(`${table}_append_only`)} before update or delete or truncate on ${sql.table(table)}
      for each statement execute function refuse_change()`.execute(db);
  }
  await sql`grant select on duty to redress_app`.execute(db);
  await sql`grant select, insert on duty_act to redress_app`.execute(db);
}
