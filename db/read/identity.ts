/** Who a token or a session belongs to. Asked at every request, so that a role or token taken away is gone at once. */
import { sql, type RawBuilder } from 'kysely';
import type { Instant } from '../../domain/time.ts';
import { heldInFamilies } from '../../domain/family.ts';
import type { Places } from '../../domain/place.ts';
import type { Secrecy } from '../../domain/secrecy.ts';
import type { Db } from '../database.ts';
import { basesSql } from './family.ts';
import { standingsSql, type Standing } from './absences.ts';

export interface Identity {
  readonly person: string;
  readonly name: string;
  /** Pack id → roles held there, for whatever places. */
  readonly packs: Readonly<Record<string, readonly string[]>>;
  /** The same as they count for what is kept by pack beside the cases: in what their packs extend, too. */
  readonly inFamilies: Readonly<Record<string, readonly string[]>>;
  /** Those of them that are held for some places alone. */
  readonly only: Places;
  /** In whose place they act just now: absent persons whose substitute they are, with the roles those hold, and who delegated to them. */
  readonly stands: readonly Standing[];
  /** Roles of the absent by pack. */
  readonly standsIn: Readonly<Record<string, readonly string[]>>;
  readonly standsInOnly: Places;
  /** Up to which secrecy label they read whatever their roles. */
  readonly clearance: string | undefined;
  readonly secrecy?: Secrecy;
  /** What packs of theirs extend. */
  readonly bases: Readonly<Record<string, readonly string[]>>;
}

export interface TokenHolder {
  readonly identity: Identity;
  readonly scopes: readonly string[];
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly packs: Record<string, string[]> | null;
  readonly bases: Record<string, string[]> | null;
  readonly only: Record<string, Record<string, string[]>> | null;
  readonly clearance: string | null;
  readonly stands: Standing[] | null;
}

/** @param hash SHA-256 of the token, hex @param at for its end and for absences */
export async function tokenHolder(db: Db, hash: string, at: Instant): Promise<TokenHolder | undefined> {
  const now = sql`${new Date(at)}::timestamptz`;
  const { rows } = await sql<Row & { scopes: string[] }>`
    select ${personColumns(at)}, t.scopes from api_token t join person p on p.id = t.person
    where t.hash = ${hash} and t.ended_at is null and (t.ends_at is null or t.ends_at > ${now})`.execute(db);
  const [row] = rows;
  return row === undefined ? undefined : { identity: identityFrom(row), scopes: row.scopes };
}

/** @param at for absences */
export async function identityOf(db: Db, person: string, at: Instant): Promise<Identity | undefined> {
  const { rows } = await sql<Row>`select ${personColumns(at)} from person p where p.id = ${person}`.execute(db);
  return rows[0] === undefined ? undefined : identityFrom(rows[0]);
}

function personColumns(at: Instant): RawBuilder<unknown> {
  return sql`p.id, p.name, (select jsonb_agg(s) from (${standingsSql(sql`p.id`, sql`${new Date(at)}::timestamptz`)}) s) stands,
      (select jsonb_object_agg(pack_id, roles) from
        (select pack_id, jsonb_agg(distinct role order by role) roles from person_role where person = p.id group by pack_id) r) packs,
      ${onlySql(sql`p.id`)} only, ${basesSql(sql`p.id`)} bases,
      (select label from person_clearance where person = p.id) clearance`;
}

/** Pack → role → places, of the roles that a person holds for some places alone; null = of none. */
export function onlySql(person: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select jsonb_object_agg(pack_id, roles) from (
      select pack_id, jsonb_object_agg(role, places) roles from (
        select pack_id, role, jsonb_agg(place order by place) places from person_role where person = ${person}
        group by pack_id, role having not bool_or(place = '')) one group by pack_id) each)`;
}

function identityFrom(row: Row): Identity {
  const stands = row.stands ?? [];
  // A delegation opens what it is to be decided on, not what the role sees.
  const away = stands.filter(({ delegation }) => !delegation);
  const standsIn: Record<string, string[]> = {};
  const placed: Record<string, Record<string, readonly string[]>> = {};
  for (const { pack, role } of away) standsIn[pack] = [...new Set([...(standsIn[pack] ?? []), role])];
  for (const [pack, roles] of Object.entries(standsIn)) {
    for (const role of roles) {
      const all = away.filter((one) => one.pack === pack && one.role === role).map(({ places }) => places);
      const some = all.flatMap((places) => places ?? []);
      if (all.every((places) => places !== null)) placed[pack] = { ...placed[pack], [role]: some };
    }
  }
  const { id, name, packs, only, bases, clearance } = row;
  return {
    person: id,
    name,
    packs: packs ?? {},
    bases: bases ?? {},
    inFamilies: heldInFamilies(packs ?? {}, bases ?? {}),
    only: only ?? {},
    stands,
    standsIn,
    standsInOnly: placed,
    clearance: clearance ?? undefined,
  };
}

/** Roles that a person holds in a pack for all places. */
export async function rolesOf(db: Db, person: string, pack: string): Promise<string[]> {
  const rows = await db
    .selectFrom('person_role')
    .select('role')
    .where('person', '=', person)
    .where('pack_id', '=', pack)
    .where('place', '=', '')
    .orderBy('role')
    .execute();
  return rows.map(({ role }) => role);
}
