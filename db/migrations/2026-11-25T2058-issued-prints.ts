/** Prints as they were issued, append-only; and the way from a customer to the cases that name one. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('issued_print')
    .addColumn('case_number', 'text', (c) => c.notNull())
    .addColumn('print', 'text', (c) => c.notNull())
    .addColumn('ordinal', 'integer', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('bytes', 'bytea', (c) => c.notNull())
    // Characters that stand as boxes.
    .addColumn('missing', sql`text[]`, (c) => c.notNull())
    .addColumn('issued_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .addPrimaryKeyConstraint('issued_print_pk', ['case_number', 'print', 'ordinal'])
    .execute();
  await sql`create trigger issued_print_append_only before update or delete or truncate on issued_print
    for each statement execute function refuse_change()`.execute(db);
  await sql`grant select, insert on issued_print to redress_app`.execute(db);
  await sql`create index case_file_customer on case_file ((coalesce(state #>> '{answers,open,customerFile}',
    state #>> '{answers,open,customerId}', state #>> '{answers,serviceRecord,customerFile}')), opened_at desc)`.execute(db);
}
