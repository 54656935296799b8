/** Entries of registers that are passed on to a role, with the notice; contacts by their time. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('entry_pass')
    .addColumn('register', 'text', (c) => c.notNull())
    .addColumn('entry_id', 'text', (c) => c.notNull())
    .addColumn('ordinal', 'integer', (c) => c.notNull())
    .addColumn('pack_id', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull().unique())
    .addPrimaryKeyConstraint('entry_pass_pk', ['register', 'entry_id', 'ordinal'])
    .execute();
  await sql`create trigger entry_pass_append_only before update or delete or truncate on entry_pass
    for each statement execute function refuse_change()`.execute(db);
  await sql`grant select, insert on entry_pass to redress_app`.execute(db);
  // A notice about an entry: its id stands where otherwise the number of a case does, the ordinal of the pass where its seq does.
  await sql`alter table outbox add column register text, add column pack_id text,
    add constraint outbox_of_entry check ((register is null) = (pack_id is null))`.execute(db);
  await sql`create index entry_at on entry (register, (in_force_body ->> 'at'), id) where in_force_body ? 'at'`.execute(db);
}
