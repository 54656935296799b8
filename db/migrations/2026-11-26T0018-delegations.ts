/** Who may decide in whose place though nobody is absent, and who in an emergency: asked for, granted and reviewed by different people. */
import { sql, type Kysely } from 'kysely';

const duties = [
  ['ask', 'grant'],
  ['use', 'grant'],
  ['ask', 'review'],
  ['grant', 'review'],
  ['use', 'review'],
] as const;

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('delegation')
    .addColumn('id', 'bigint', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('principal', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('delegate', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('pack_id', 'text', (c) => c.notNull())
    // Null: all that the principal holds there, all decisions, any amount (fen).
    .addColumn('roles', sql`text[]`)
    .addColumn('steps', sql`text[]`)
    .addColumn('ceiling', 'bigint', (c) => c.check(sql`ceiling > 0`))
    .addColumn('starts_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('ends_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull().unique())
    .addColumn('entered_at', 'timestamptz(3)', (c) => c.notNull())
    .addCheckConstraint('delegation_to_another', sql`delegate <> principal`)
    .addCheckConstraint('delegation_lasts', sql`ends_at > starts_at`)
    .execute();
  await sql`create index delegation_delegate on delegation (delegate, ends_at)`.execute(db);
  await sql`create index delegation_principal on delegation (principal, ends_at)`.execute(db);
  await db.schema
    .createTable('delegation_end')
    .addColumn('delegation', 'bigint', (c) => c.primaryKey().references('delegation.id'))
    .addColumn('ended_by', 'text', (c) => c.notNull())
    .addColumn('ended_at', 'timestamptz(3)', (c) => c.notNull())
    .execute();

  await db.schema
    .createTable('emergency_ask')
    .addColumn('id', 'bigint', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('case_number', 'text', (c) => c.notNull())
    .addColumn('pack_id', 'text', (c) => c.notNull())
    .addColumn('task_id', 'text', (c) => c.notNull())
    .addColumn('step', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    // Who is to decide.
    .addColumn('person', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('asked_by', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('reason', 'text', (c) => c.notNull())
    // Who could have decided when it was asked for: whoever reviews it sees it.
    .addColumn('eligible', sql`text[]`, (c) => c.notNull())
    .addColumn('ends_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull().unique())
    .addCheckConstraint('emergency_is_short', sql`ends_at > at`)
    .execute();
  await sql`create index emergency_ask_person on emergency_ask (person, case_number)`.execute(db);
  await sql`create index emergency_ask_pack on emergency_ask (pack_id, id)`.execute(db);
  // One grant and one review of each: of two at once one stands.
  for (const [table, more] of [
    ['emergency_grant', sql`review_due_at timestamptz(3) not null`],
    ['emergency_review', sql`right_done boolean not null`],
  ] as const)
    // prettier-ignore
    await sql`create table ${sql.table(table)} (ask bigint primary key references emergency_ask (id), person text not null references person (id), reason text not null,
      at timestamptz(3) not null, key text not null unique, ${more})`.execute(db);

  for (const [done, then] of duties) await sql`insert into duty values ('emergency', ${done}, ${then})`.execute(db);
  await sql`
    create function duty_of_emergency() returns trigger language plpgsql as $$
    declare
      then_does text := case tg_table_name when 'emergency_grant' then 'grant' else 'review' end;
    begin
      perform 1 from duty d, emergency_ask a left join emergency_grant g on g.ask = a.id
        where a.id = new.ask and d.thing = 'emergency' and d.then_act = then_does
          and new.person = case d.done when 'ask' then a.asked_by when 'use' then a.person when 'grant' then g.person end;
      if found then
        perform refuse_duty(new.ask::text, format('emergency grant %s: somebody else has to %s it', new.ask, then_does));
      end if;
      if then_does = 'review' and not exists (select from emergency_grant g where g.ask = new.ask) then
        raise exception 'emergency grant % was never granted', new.ask using errcode = 'foreign_key_violation', constraint = 'emergency_granted';
      end if;
      return new;
    end $$`.execute(db);
  for (const table of ['emergency_grant', 'emergency_review'])
    await sql`create trigger ${sql.ref(`${table}_apart`)} before insert on ${sql.table(table)} for each row execute function duty_of_emergency()`.execute(
      db,
    );

  for (const table of ['delegation', 'delegation_end', 'emergency_ask', 'emergency_grant', 'emergency_review']) {
    await sql`create trigger ${sql.ref(`${table}_append_only`)} before update or delete or truncate on ${sql.table(table)}
      for each statement execute function refuse_change()`.execute(db);
    await sql`grant select, insert on ${sql.table(table)} to redress_app`.execute(db);
  }
  await sql`grant usage, select on all sequences in schema public to redress_app`.execute(db);
}
