/** Acts of administrators that a second person confirms, and since when there has been a second administrator. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('joint_act')
    .addColumn('id', 'bigint', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('roles', 'link', 'identity', 'erasure')`))
    // Whom it benefits; null: nobody.
    .addColumn('person', 'text')
    // Of roles: those of this pack.
    .addColumn('pack_id', 'text')
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('asked_by', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('ends_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull().unique())
    .addCheckConstraint('joint_act_roles_of_pack', sql`(kind = 'roles') = (pack_id is not null)`)
    .execute();
  await sql`create index joint_act_person on joint_act (person, at)`.execute(db);
  // One outcome of each: of two at once one stands.
  await db.schema
    .createTable('joint_act_end')
    .addColumn('joint_act', 'bigint', (c) => c.primaryKey().references('joint_act.id'))
    .addColumn('outcome', 'text', (c) => c.notNull().check(sql`outcome in ('confirmed', 'refused', 'taken-back')`))
    // Why one person was enough; null: a second has confirmed it.
    .addColumn('alone', 'text', (c) => c.check(sql`alone in ('no-power', 'sole-administrator')`))
    .addColumn('person', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull().unique())
    .execute();
  await sql`create table second_administrator (person text primary key, since timestamptz(3) not null)`.execute(db);

  for (const done of ['ask', 'benefit']) await sql`insert into duty values ('joint-act', ${done}, 'confirm')`.execute(db);
  // Until the transaction ends nobody becomes the second.
  await sql`
    create function sole_administrator() returns boolean language plpgsql as $$
    begin
      perform pg_advisory_xact_lock(hashtextextended('administrators', 0));
      return not exists (select from second_administrator);
    end $$`.execute(db);
  await sql`
    create function duty_of_joint_act() returns trigger language plpgsql as $$
    begin
      if new.alone is not distinct from 'sole-administrator' and not sole_administrator() then
        raise exception 'joint act %: there has been a second administrator', new.joint_act
          using errcode = 'check_violation', constraint = 'sole_administrator';
      end if;
      perform 1 from duty d, joint_act a
        where a.id = new.joint_act and d.thing = 'joint-act' and new.outcome = 'confirmed' and new.alone is null and d.then_act = 'confirm'
          and new.person = case d.done when 'ask' then a.asked_by when 'benefit' then a.person end;
      if found then
        perform refuse_duty(new.joint_act::text, format('joint act %s: somebody else has to confirm it', new.joint_act));
      end if;
      return new;
    end $$`.execute(db);
  await sql`create trigger joint_act_end_apart before insert on joint_act_end for each row execute function duty_of_joint_act()`.execute(
    db,
  );

  // Whoever holds the role and has a password or an identity at the provider can sign in. Once there were two, for ever.
  await sql`
    create function look_for_second_administrator(who text) returns void language plpgsql as $$
    begin
      if sole_administrator() and (select count(distinct r.person) from person_role r where r.pack_id = 'redress' and r.role = 'administrator'
          and (exists (select from account a where a.person = r.person)
            or exists (select from oidc_identity i where i.person = r.person and i.ended_at is null))) > 1 then
        insert into second_administrator values (who, now());
      end if;
    end $$`.execute(db);
  await sql`
    create function note_second_administrator() returns trigger language plpgsql as $$
    begin
      perform look_for_second_administrator(new.person);
      return null;
    end $$`.execute(db);
  for (const [table, when] of [
    ['account', sql``],
    ['oidc_identity', sql``],
    ['person_role', sql`when (new.pack_id = 'redress' and new.role = 'administrator')`],
  ] as const)
    await sql`create trigger ${sql.ref(`${table}_second`)} after insert on ${sql.table(table)} for each row ${when}
      execute function note_second_administrator()`.execute(db);

  for (const [table, by, named] of [
    ['joint_act', 'asked_by', 'id'],
    ['joint_act_end', 'joint_act', 'joint_act'],
    ['second_administrator', 'person', 'person'],
  ] as const) {
    await sql`create trigger ${sql.ref(`${table}_append_only`)} before update or delete or truncate on ${sql.table(table)}
      for each statement execute function refuse_change()`.execute(db);
    await sql`create trigger ${sql.ref(`${table}_proved`)} after insert or update or delete on ${sql.table(table)}
      for each row execute function keep_proof(${sql.lit(by)}, ${sql.lit(named)})`.execute(db);
    await sql`grant select, insert on ${sql.table(table)} to redress_app`.execute(db);
  }
  await sql`select look_for_second_administrator((select max(person) from person_role where pack_id = 'redress' and role = 'administrator'))`.execute(
    db,
  );
  await sql`grant usage, select on all sequences in schema public to redress_app`.execute(db);
}
