import { createHash } from 'node:crypto';
import { sql, type Kysely } from 'kysely';

/** Registers: entries with versions. What was the table `unit` becomes the register `units`. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('entry')
    .addColumn('register', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('body', 'jsonb', (c) => c.notNull())
    .addColumn('search_text', 'text', (c) => c.notNull())
    .addColumn('in_force', 'integer')
    .addColumn('in_force_body', 'jsonb')
    .addColumn('written_by', 'text', (c) => c.notNull())
    .addColumn('changed_at', 'timestamptz(3)', (c) => c.notNull())
    .addPrimaryKeyConstraint('entry_pk', ['register', 'id'])
    .execute();
  await db.schema
    .createTable('entry_version')
    .addColumn('register', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('definition', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('key', 'text', (c) => c.unique())
    .addColumn('prev_hash', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('entry_version_pk', ['register', 'id', 'version'])
    .execute();
  await db.schema
    .createTable('entry_act')
    .addColumn('ordinal', 'bigint', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('register', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('act', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('key', 'text', (c) => c.unique())
    .execute();
  await sql`create index entry_act_entry on entry_act (register, id, version)`.execute(db);
  // Collated by code point: the order of ids is the same everywhere, and a page continues where the last ended.
  await sql`create table entry_gram (register text not null, gram text collate "C" not null, id text collate "C" not null,
    constraint entry_gram_pk primary key (register, gram, id))`.execute(db);
  await sql`create index entry_gram_entry on entry_gram (register, id)`.execute(db);
  await sql`create index entry_order on entry (register, id collate "C")`.execute(db);
  await db.schema
    .createTable('entry_key')
    .addColumn('register', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('entry_key_pk', ['register', 'name', 'value'])
    .execute();
  await sql`create index entry_key_entry on entry_key (register, id)`.execute(db);
  await db.schema
    .createTable('entry_ref')
    .addColumn('register', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('field', 'text', (c) => c.notNull())
    .addColumn('to_register', 'text', (c) => c.notNull())
    .addColumn('to_id', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('entry_ref_pk', ['register', 'id', 'field'])
    .execute();
  await sql`create index entry_ref_to on entry_ref (to_register, to_id)`.execute(db);
  await db.schema
    .createTable('register_counter')
    .addColumn('register', 'text', (c) => c.notNull())
    .addColumn('year', 'text', (c) => c.notNull())
    .addColumn('last', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('register_counter_pk', ['register', 'year'])
    .execute();
  for (const table of ['entry_version', 'entry_act']) {
    await sql`create trigger ${sql.ref(`${table}_append_only`)} before update or delete or truncate on ${sql.table(table)}
      for each statement execute function refuse_change()`.execute(db);
  }
  await sql`grant select, insert on entry, entry_version, entry_act, entry_gram, entry_key, entry_ref, register_counter to redress_app`.execute(
    db,
  );
  await sql`grant update on entry, register_counter to redress_app`.execute(db);
  await sql`grant delete on entry_gram, entry_key, entry_ref to redress_app`.execute(db);
  await sql`grant usage, select on all sequences in schema public to redress_app`.execute(db);
  await moveUnits(db);
}

interface Unit {
  readonly id: string;
  readonly estate: string;
  readonly building: string;
  readonly builder: string;
  readonly warranty_until: string | null;
}

async function moveUnits(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<Unit>`select * from unit order by id`.execute(db);
  const zero = '0'.repeat(64);
  for (const { id, estate, building, builder, warranty_until } of rows) {
    // Keys in the order of the canonical form.
    const body = JSON.stringify({
      builder,
      building,
      code: id,
      estate,
      ...(warranty_until === null ? {} : { warrantyUntil: warranty_until }),
    });
    const hash = createHash('sha256').update(`${zero}\nunits ${id}\n${body}`, 'utf8').digest('hex');
    await sql`insert into entry values ('units', ${id}, 1, 'inForce', ${body}::jsonb, '', 1, ${body}::jsonb, 'migration', now())`.execute(
      db,
    );
    await sql`insert into entry_version (register, id, version, body, definition, person, at, reason, prev_hash, hash)
      values ('units', ${id}, 1, ${body}, '1.0.0', 'migration', now(), null, ${zero}, ${hash})`.execute(db);
  }
  await sql`drop table unit`.execute(db);
}
