/** Versions of packs: which rules are in force from when. What a version says never changes; only its standing does. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('pack_version')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('version', 'text', (c) => c.notNull())
    // json, not jsonb: steps and limits stay in the order of the document.
    .addColumn('content', 'json', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull().check(sql`status in ('proposed', 'active', 'withdrawn', 'rejected')`))
    .addColumn('active_from', 'timestamptz(3)')
    .addColumn('withdrawn_at', 'timestamptz(3)')
    .addColumn('reason', 'text')
    .addColumn('case_number', 'text')
    .addColumn('created_at', 'timestamptz(3)', (c) => c.notNull().defaultTo(sql`now()`))
    .addCheckConstraint('pack_version_from', sql`status not in ('active', 'withdrawn') or active_from is not null`)
    .addCheckConstraint('pack_version_until', sql`(status = 'withdrawn') = (withdrawn_at is not null)`)
    .execute();
  // One content for one version string; a rejected draft may be corrected under its number.
  await sql`create unique index pack_version_once on pack_version (id, version) where status <> 'rejected'`.execute(db);
  // One proposal of a pack at a time: who approves it knows what it replaces.
  await sql`create unique index pack_version_proposal on pack_version (id) where status = 'proposed' and case_number is not null`.execute(
    db,
  );
  await sql`create index pack_version_active on pack_version (id, active_from desc) where status = 'active'`.execute(db);
  await sql`create trigger pack_version_content before update of hash, id, version, content, created_at on pack_version
    for each statement execute function refuse_change()`.execute(db);
  await sql`create trigger pack_version_kept before delete or truncate on pack_version
    for each statement execute function refuse_change()`.execute(db);
  await sql`grant select, insert on pack_version to redress_app`.execute(db);
  await sql`grant update (status, active_from, withdrawn_at, reason, case_number) on pack_version to redress_app`.execute(db);
}
