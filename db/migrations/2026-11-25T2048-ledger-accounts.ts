/**
 * Accounts of the ledger, and what each entry rests on. An account has a floor or none; a trigger holds it under the account's
 * lock, so that two connections at once cannot go below it. Entries made earlier keep empty columns: they are append-only.
 */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('ledger_account')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('fund', 'retention', 'settlement', 'outlet')`))
    .addColumn('owner', 'text', (c) => c.notNull())
    // Least balance in fen; null: none.
    .addColumn('floor', 'bigint')
    .addColumn('opened_at', 'timestamptz(3)', (c) => c.notNull().defaultTo(sql`now()`))
    .addColumn('opened_by', 'text')
    .addColumn('key', 'text', (c) => c.unique())
    .execute();
  await db.schema
    .alterTable('ledger_entry')
    .addColumn('kind', 'text')
    .addColumn('decision', 'text')
    .addColumn('decided_by', 'text')
    .addColumn('decided_at', 'timestamptz(3)')
    .addColumn('reason', 'text')
    .addColumn('entered_by', 'text')
    .execute();
  // What an account could not bear: who bears it stands here, so that it is listed and not lost.
  await db.schema
    .createTable('ledger_shortfall')
    .addColumn('id', 'bigint', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('account', 'text', (c) => c.notNull())
    .addColumn('amount', 'bigint', (c) => c.notNull().check(sql`amount > 0`))
    .addColumn('borne_by', 'text', (c) => c.notNull())
    .addColumn('case_number', 'text', (c) => c.notNull())
    .addColumn('effect', 'text', (c) => c.notNull())
    .addColumn('entered_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .addUniqueConstraint('shortfall_once', ['account', 'effect'])
    .execute();
  await db.schema.createIndex('ledger_entry_of_account').on('ledger_entry').columns(['account', 'id']).execute();
  await db.schema.createIndex('ledger_entry_of_case').on('ledger_entry').column('case_number').execute();
  await db.schema.createIndex('ledger_shortfall_of_account').on('ledger_shortfall').columns(['account', 'id']).execute();
  await sql`alter table ledger_entry add constraint ledger_entry_moves check (amount <> 0) not valid`.execute(db);

  await sql`
    insert into ledger_account (id, kind, owner, floor)
    select distinct account,
      case when account like 'retention:%' then 'retention' else 'settlement' end,
      case when account like 'retention:%' then split_part(account, ':', 2) else 'finance' end,
      case when account like 'retention:%' then 0 end
    from ledger_entry`.execute(db);
  await sql`insert into ledger_account (id, kind, owner, floor) values ('repair-cost', 'settlement', 'finance', null)
    on conflict do nothing`.execute(db);

  // The lock is by the account's name, as the application takes it; each statement of the function sees what was committed meanwhile.
  await sql`
    create function ledger_floor() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      least_left bigint;
      balance numeric;
    begin
      if new.account like 'retention:%' then
        insert into ledger_account (id, kind, owner, floor)
          values (new.account, 'retention', split_part(new.account, ':', 2), 0) on conflict do nothing;
      end if;
      select floor into least_left from ledger_account where id = new.account;
      if not found then
        raise exception 'no account %', new.account using errcode = 'foreign_key_violation', constraint = 'ledger_account_known';
      end if;
      if least_left is null or new.amount > 0 then
        return new;
      end if;
      if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'the floor of % is held at read committed only', new.account using errcode = 'invalid_transaction_state';
      end if;
      perform pg_advisory_xact_lock(hashtextextended(new.account, 0));
      select coalesce(sum(amount), 0) into balance from ledger_entry where account = new.account;
      if balance + new.amount < least_left then
        raise exception 'account % has % left, % asked', new.account, balance - least_left, -new.amount
          using errcode = 'check_violation', constraint = 'ledger_floor';
      end if;
      return new;
    end $$`.execute(db);
  await sql`create trigger ledger_entry_floor before insert on ledger_entry for each row execute function ledger_floor()`.execute(db);
  for (const table of ['ledger_account', 'ledger_shortfall']) {
    await sql`create trigger ${sql.ref(`${table}_append_only`)} before update or delete or truncate on ${sql.table(table)}
      for each statement execute function refuse_change()`.execute(db);
    await sql`grant select, insert on ${sql.table(table)} to redress_app`.execute(db);
  }
}
