import { sql, type Kysely } from 'kysely';

/** How far the import of a file has come, so that it goes on after a kill; and which rows were not taken. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('register_import')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('register', 'text', (c) => c.notNull())
    .addColumn('file_hash', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('started_at', 'timestamptz', (c) => c.notNull())
    .addColumn('upto', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('added', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('changed', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('same', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('finished_at', 'timestamptz')
    .execute();
  await sql`create unique index register_import_running on register_import (register, file_hash, person) where finished_at is null`.execute(
    db,
  );
  await db.schema
    .createTable('register_import_fault')
    .addColumn('import', 'text', (c) => c.notNull().references('register_import.id'))
    .addColumn('line', 'integer', (c) => c.notNull())
    .addColumn('faults', 'jsonb', (c) => c.notNull())
    .addPrimaryKeyConstraint('register_import_fault_pk', ['import', 'line'])
    .execute();
  await sql`grant select, insert on register_import, register_import_fault to redress_app`.execute(db);
  await sql`grant update on register_import to redress_app`.execute(db);
}
