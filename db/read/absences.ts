/** What absences come to at an instant: whom somebody represents, who stands in for whom, who may decide. */
import { sql } from 'kysely';
import type { Delegated } from '../../domain/authority/delegation.ts';
import type { Instant } from '../../domain/time.ts';
import type { Db } from '../database.ts';
import { subjects, withReasons } from '../personal.ts';

/** A person in whose place another may act, and a role of theirs in a pack. */
export interface Standing {
  readonly pack: string;
  readonly person: string;
  readonly role: string;
  /** Places for which they hold it; null = all. */
  readonly places: readonly string[] | null;
  /** By a delegation, with its scope; absent or null: as the substitute of somebody absent. */
  readonly delegation?: Delegated | null;
}

/** Roles of absent persons whose substitute somebody is at an instant; none while they are absent themselves. */
export async function standingsOf(db: Db, person: string, at: Instant): Promise<Standing[]> {
  const { rows } = await sql<Standing>`${standingsSql(sql`${person}`, sql`${new Date(at)}`)}`.execute(db);
  return rows;
}

/** The same as a part of another statement: rows of (pack, person, role, places, delegation). A delegate acts in what the principal holds, not in what that one represents. */
export function standingsSql(person: ReturnType<typeof sql>, at: ReturnType<typeof sql>) {
  return sql`
    select held.pack_id as pack, held.person, held.role,
      case when bool_or(held.place = '') then null else jsonb_agg(distinct held.place order by held.place) end as places, null::jsonb as delegation
    from (select distinct person from absence where substitute = ${person} and ends_at > ${at}) gone
    join person_role held on held.person = gone.person
    join lateral absence_at(held.person, held.pack_id, held.role, ${at}) now on now.stands_in = ${person}
    where not exists (select from absence_at(${person}, held.pack_id, held.role, ${at})) and ${worksWith(person, sql`held.pack_id`)}
    group by 1, 2, 3
    union all
    select held.pack_id, held.person, held.role, case when bool_or(held.place = '') then null else jsonb_agg(distinct held.place order by held.place) end,
      jsonb_strip_nulls(jsonb_build_object('id', d.id::text, 'steps', to_jsonb(d.steps), 'ceiling', d.ceiling))
    from delegation d join person_role held on held.person = d.principal and held.pack_id = d.pack_id and (d.roles is null or held.role = any(d.roles))
    where d.delegate = ${person} and d.starts_at <= ${at} and ${at} < d.ends_at
      and not exists (select from delegation_end e where e.delegation = d.id)
    group by d.id, held.pack_id, held.person, held.role order by 1, 2, 3`;
}

/** Nobody stands in where they hold no role of their own: what is not for outsiders stays so. */
const worksWith = (person: ReturnType<typeof sql>, pack: ReturnType<typeof sql>) =>
  sql`exists (select from person_role mine where mine.person = ${person} and mine.pack_id = ${pack})`;

export interface AwayRow {
  readonly substitute: string;
  readonly role: string | null;
}

/** Absences of a person that hold in a pack at an instant; with `role`, for tasks of that role alone. */
export async function awayOf(db: Db, person: string, pack: string, at: Instant): Promise<AwayRow[]> {
  const { rows } = await sql<AwayRow>`
    select substitute, role from absence where person = ${person} and starts_at <= ${new Date(at)}
      and ${new Date(at)} < least(ends_at, coalesce(ended_at, 'infinity')) and (pack_id is null or pack_id = ${pack})
    order by role nulls last, pack_id nulls last, id desc`.execute(db);
  return rows;
}

export interface DeciderRow {
  readonly role: string;
  readonly person: string;
  readonly name: string;
  /** The absent person they stand in for; null: the role is their own. */
  readonly for: string | null;
  /** By a delegation, with its scope. */
  readonly delegation: Delegated | null;
}

export interface Where {
  readonly pack: string;
  /** Of the case. */
  readonly places: readonly string[];
}

/** Who may act in roles of a pack for a place at an instant: who holds them, and the substitutes of those who are absent. */
export async function actingIn(db: Db, { pack, places }: Where, roles: readonly string[], at: Instant): Promise<DeciderRow[]> {
  if (roles.length === 0) return [];
  const { rows } = await sql<DeciderRow>`
    with own as (select role, person from person_role where pack_id = ${pack} and role = any(${[...roles]}::text[])
      and held_at(place, ${[...places]}::text[]))
    select who.role, who.person, p.name, who.for, who.delegation from (
      select role, person, null as for, null::jsonb as delegation from own
      union
      select own.role, gone.stands_in, own.person, null from own
        cross join lateral absence_at(own.person, ${pack}, own.role, ${new Date(at)}) gone
        where not exists (select from absence_at(gone.stands_in, ${pack}, own.role, ${new Date(at)})) and ${worksWith(sql`gone.stands_in`, sql`${pack}`)}
      union
      select own.role, d.delegate, own.person, jsonb_strip_nulls(jsonb_build_object('id', d.id::text, 'steps', to_jsonb(d.steps), 'ceiling', d.ceiling))
      from own join delegation d on d.principal = own.person and d.pack_id = ${pack} and (d.roles is null or own.role = any(d.roles))
        and d.starts_at <= ${new Date(at)} and ${new Date(at)} < d.ends_at and not exists (select from delegation_end e where e.delegation = d.id)
    ) who join person p on p.id = who.person order by who.role, who.for nulls first, who.person`.execute(db);
  return rows;
}

export interface AbsenceRow {
  readonly id: string;
  readonly person: string;
  readonly substitute: string;
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly pack_id: string | null;
  readonly role: string | null;
  readonly reason: string | null;
  readonly entered_by: string;
  readonly entered_at: Date;
  readonly ended_at: Date | null;
}

const columns = [
  'id',
  'person',
  'substitute',
  'starts_at',
  'ends_at',
  'pack_id',
  'role',
  'reason',
  'entered_by',
  'entered_at',
  'ended_at',
] as const;

/** Absences not over at an instant, of some persons (all when undefined), as absent or as substitute; earliest first. */
export async function absencesFrom(
  db: Db,
  at: Instant,
  { person, packs }: { person: string; packs: readonly string[] },
): Promise<AbsenceRow[]> {
  const rows = await db
    .selectFrom('absence')
    .select(columns)
    .where(sql<boolean>`least(ends_at, coalesce(ended_at, 'infinity')) > ${new Date(at)}`)
    .where(
      sql<boolean>`(person = ${person} or substitute = ${person}
        or exists (select from person_role r where r.person = absence.person and r.pack_id = any(${[...packs]}::text[])))`,
    )
    .orderBy('starts_at')
    .orderBy('id')
    .limit(500)
    .execute();
  return withReasons(db, rows, ({ person: whose }) => subjects.person(whose));
}

export async function findAbsence(db: Db, id: string): Promise<AbsenceRow | undefined> {
  const rows = await db.selectFrom('absence').select(columns).where('id', '=', id).execute();
  return (await withReasons(db, rows, ({ person }) => subjects.person(person)))[0];
}
