/** Files that people sent, and what they are attached to: a case, a form of a case, an entry of a register. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('file')
    .addColumn('id', 'bigint', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('hash', 'text', (c) => c.notNull().check(sql`hash ~ '^[0-9a-f]{64}$'`))
    .addColumn('size', 'bigint', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('at', 'timestamptz(3)', (c) => c.notNull())
    // A request may bring several: its key and their order.
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('ordinal', 'integer', (c) => c.notNull())
    .addUniqueConstraint('file_once', ['key', 'ordinal'])
    .execute();
  await sql`create index file_hash on file (hash, person)`.execute(db);
  await sql`create trigger file_append_only before update or delete or truncate on file
    for each statement execute function refuse_change()`.execute(db);

  await db.schema
    .createTable('attachment')
    .addColumn('id', 'bigint', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('case_number', 'text')
    .addColumn('register', 'text')
    .addColumn('entry_id', 'text')
    .addColumn('file_id', 'bigint', (c) => c.notNull().references('file.id'))
    // Of a filled form: it counts once an event of the case names the document.
    .addColumn('document_hash', 'text')
    .addColumn('note', 'text')
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.unique())
    .addColumn('withdrawn_at', 'timestamptz(3)')
    .addColumn('withdrawn_by', 'text')
    .addColumn('withdrawn_reason', 'text')
    .addCheckConstraint('attachment_of_one', sql`(case_number is null) <> (register is null) and (register is null) = (entry_id is null)`)
    .addUniqueConstraint('attachment_of_form', ['document_hash', 'file_id'])
    .execute();
  await sql`create index attachment_case on attachment (case_number, id)`.execute(db);
  await sql`create index attachment_entry on attachment (register, entry_id, id) where register is not null`.execute(db);
  await sql`create index attachment_file on attachment (file_id)`.execute(db);
  await sql`create trigger attachment_kept before delete or truncate on attachment
    for each statement execute function refuse_change()`.execute(db);
  await sql`grant select, insert on file, attachment to redress_app`.execute(db);
  await sql`grant update (withdrawn_at, withdrawn_by, withdrawn_reason) on attachment to redress_app`.execute(db);
}
