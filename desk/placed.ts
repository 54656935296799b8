/**
 * Roles are held for all places or for some. The desk looks at them for the case when something is said: who holds a role for
 * another place only is, for this case, without it. What is left is sealed with the message; the case judges by that alone.
 */
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { openersOf, type Pack } from '../domain/pack.ts';
import type { Said } from './compose.ts';
import { FormError, NotTheirPlace, type Who } from './types.ts';

/** Roles that persons hold in a pack for other places only. Somebody who holds none there is not looked into: the door knew them. */
async function heldElsewhere(db: Db, pack: string, persons: readonly string[], places: readonly string[]): Promise<Elsewhere> {
  const { rows } = await sql<{ person: string; roles: string[]; any: boolean }>`
    select person, array_agg(role) filter (where not here) as roles, bool_or(here) as any from (
      select person, role, bool_or(held_at(place, ${[...places]}::text[])) here from person_role
      where pack_id = ${pack} and person = any(${[...new Set(persons)]}::text[]) group by person, role) one
    group by person having bool_or(not here)`.execute(db);
  return new Map(rows.map(({ person, roles, any }) => [person, { roles, all: !any }]));
}

/** `all`: none of theirs is for these places. */
type Elsewhere = ReadonlyMap<string, { readonly roles: readonly string[]; readonly all: boolean }>;

/** @throws FormError for an assignee who is of other places alone */
export async function withPlaces<S extends Said>(db: Db, pack: string, said: S, places: readonly string[]): Promise<S> {
  const { who, step, form } = said;
  const assignee = step === 'assign' && typeof form['person'] === 'string' ? form['person'] : undefined;
  const absent = (who.for ?? []).map(({ person }) => person);
  const elsewhere = await heldElsewhere(db, pack, [who.person, ...absent, ...(assignee === undefined ? [] : [assignee])], places);
  if (assignee !== undefined && elsewhere.get(assignee)?.all) throw new FormError([notHere(assignee)]);
  return elsewhere.size === 0 ? said : { ...said, who: narrowed(who, elsewhere) };
}

/** @throws NotTheirPlace when none of the roles that open the kind is held for where the case belongs */
export async function openerAt(db: Db, pack: Pack, kind: string, who: Who, named: readonly string[]): Promise<Who> {
  const { rows } = await sql<{ places: string[] }>`select places_with(${[...named]}::text[]) places`.execute(db);
  const elsewhere = await heldElsewhere(db, pack.id, [who.person], rows[0]?.places ?? []);
  if (elsewhere.size === 0) return who;
  const here = narrowed(who, elsewhere);
  const openers = openersOf(pack, kind);
  const lost = who.roles.some((role) => openers.includes(role)) && !here.roles.some((role) => openers.includes(role));
  if (lost) throw new NotTheirPlace(named);
  return here;
}

function narrowed(who: Who, elsewhere: Elsewhere): Who {
  const holds = (person: string, role: string): boolean => elsewhere.get(person)?.roles.includes(role) !== true;
  return {
    ...who,
    roles: who.roles.filter((role) => holds(who.person, role)),
    ...(who.for === undefined ? {} : { for: who.for.filter((one) => holds(one.person, one.role)) }),
  };
}

const notHere = (person: string) => ({
  path: 'person',
  code: 'bad-facts' as const,
  zh: `${person} 的岗位只限其他楼盘或网点,不能承办本案;请改派,或由管理员调整其岗位范围`,
  en: `${person} holds roles for other estates or outlets only: assign somebody else, or have an administrator change where they hold them`,
});
