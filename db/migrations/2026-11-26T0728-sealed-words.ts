/** Whose words the reason of a pack's version is; identities at a provider are found by a keyed hash of what the provider calls them. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table pack_version add column reason_case text`.execute(db);
  await sql`grant update (reason_case) on pack_version to redress_app`.execute(db);
  // Of a release there is nobody's reason; that it came with one is told by its having no case.
  await sql`update pack_version set reason = null where case_number is null and reason like 'shipped%'`.execute(db);
  await sql`alter table oidc_identity add column subject_hash text`.execute(db);
  // No key is known here: whoever was linked is linked anew.
  await sql`update oidc_identity set subject = '', ended_at = coalesce(ended_at, now()), ended_by = coalesce(ended_by, linked_by)`.execute(
    db,
  );
  await sql`drop index oidc_identity_live`.execute(db);
  await sql`create unique index oidc_identity_live on oidc_identity (subject_hash) where ended_at is null`.execute(db);
}
