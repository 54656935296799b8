import { sql, type Kysely } from 'kysely';

/** Signing in by OpenID Connect: logins under way, and who is whom at the provider. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('oidc_login')
    .addColumn('state_hash', 'text', (c) => c.primaryKey())
    .addColumn('browser_hash', 'text', (c) => c.notNull())
    .addColumn('way_back', 'text', (c) => c.notNull())
    .addColumn('session', 'text')
    .addColumn('link_hash', 'text')
    .addColumn('begun_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('ends_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('used_at', 'timestamptz(3)')
    .execute();
  await sql`create index oidc_login_ends on oidc_login (ends_at)`.execute(db);
  await db.schema
    .createTable('oidc_identity')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('issuer', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('linked_by', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('linked_at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('ended_by', 'text', (c) => c.references('person.id'))
    .addColumn('ended_at', 'timestamptz(3)')
    .execute();
  await sql`create unique index oidc_identity_live on oidc_identity (issuer, subject) where ended_at is null`.execute(db);
  await sql`create index oidc_identity_person on oidc_identity (person)`.execute(db);
  await sql`grant select, insert, delete on oidc_login to redress_app`.execute(db);
  await sql`grant update (used_at) on oidc_login to redress_app`.execute(db);
  await sql`grant select, insert on oidc_identity to redress_app`.execute(db);
  await sql`grant update (ended_at, ended_by) on oidc_identity to redress_app`.execute(db);
}
