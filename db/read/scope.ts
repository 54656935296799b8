/** What a reader may see: `maySee` of the domain, as SQL. */
import { sql, type RawBuilder } from 'kysely';
import { familyIn, sights, type Reader, type Sight } from '../../domain/case/concern.ts';
import { usualOfKind, usualOfRegister } from '../../domain/secrecy.ts';
import { holdings, type Holding } from '../../domain/place.ts';
import { entrySights, type ReadBy } from '../../domain/register/sight.ts';

/** Who reads. */
export type Scope = Reader;

/** The case concerns the reader. To be used by everything that shows anything of a case. @param papers labels of what is shown of it: all must be readable as well */
export function mySight(scope: Scope, papers?: RawBuilder<string[]>): RawBuilder<boolean> {
  return anyOf(
    sights(scope),
    (one) => sql`(case_file.pack_id = ${one.pack} and ${at('case_file.places', one)} and ${labelled(scope, one)} and ${covers(one, papers)}
      and ${one.decides === undefined ? concerned(scope, one) : waits(one, one.decides)})`,
  );
}

const concerned = ({ person }: Scope, { roles }: Sight): RawBuilder<boolean> =>
  sql<boolean>`(case_file.concerned_roles is null or ${person} = any(case_file.concerned_persons) or case_file.concerned_roles && ${[...roles]}::text[])`;

/** A decision is open that the delegation covers. */
function waits({ roles }: Sight, { principal, steps }: NonNullable<Sight['decides']>): RawBuilder<boolean> {
  return sql<boolean>`exists (select from task d where d.case_number = case_file.number and d.status = 'open' and d.roles && ${[...roles]}::text[]
    and ${steps === undefined ? sql`true` : sql`d.step = any(${[...steps]}::text[])`} and (d.holder is null or d.holder = ${principal})
    and (d.escalation or case_file.state #> array['tasks', d.task_id] ? 'proposal'))`;
}

/** The label of the case, or of its kind, is one that is read by what is held. */
function labelled(scope: Scope, { pack, labels }: Sight): RawBuilder<boolean> {
  const { secrecy } = scope;
  if (labels === undefined || secrecy === undefined) return sql<boolean>`case_file.label is null`;
  const family = familyIn(scope, pack);
  const named = family.flatMap((each) => Object.keys(secrecy.packs[each]?.kinds ?? {}));
  const [kinds, others] = [true, false].map((is) => named.filter((kind) => labels.includes(usualOfKind(secrecy, family, kind)) === is));
  const usual = labels.includes(secrecy.records) ? sql`true` : sql`false`;
  return sql<boolean>`(case_file.label = any(${[...labels]}::text[]) or (case_file.label is null and (case_file.kind = any(${kinds}::text[]) or (${usual} and not case_file.kind = any(${others}::text[])))))`;
}

function covers({ labels }: Pick<Sight, 'labels'>, papers: RawBuilder<string[]> | undefined): RawBuilder<boolean> {
  return papers === undefined ? sql<boolean>`true` : sql<boolean>`array_remove(${papers}, null) <@ ${[...(labels ?? [])]}::text[]`;
}

/** The entry is one that the reader may see, of a register that they may read. @param table its alias @param papers as of a case */
export function entrySight(scope: Scope, def: ReadBy, table = 'entry', papers?: RawBuilder<string[]>): RawBuilder<boolean> {
  return anyOf(entrySights(scope, def), ({ places, labels, usual }) => {
    const [where, label] = [sql.ref(`${table}.places`), sql.ref(`${table}.label`)];
    const here = places === undefined ? sql`true` : sql`(${where} = '{}' or ${where} && ${[...places]}::text[])`;
    const read = labels === undefined ? sql`false` : sql`${label} = any(${[...labels]}::text[])`;
    return sql`(${here} and (${read} or (${label} is null and ${usual})) and ${covers({ labels }, papers)})`;
  });
}

/** Who names entries in one that they write, and the registers by id. */
export interface Naming {
  readonly scope: Scope;
  readonly defs: ReadonlyMap<string, ReadBy>;
}

/**
 * The entry may be named: of a register that they read one that they see; of another, whose entries they name without reading them, one of a label that they read.
 * @param table its alias
 */
export function mayName({ scope, defs }: Naming, register: string, table = 'entry'): RawBuilder<boolean> {
  const def = defs.get(register);
  if (def !== undefined && entrySights(scope, def).length > 0) return entrySight(scope, def, table);
  const own = sql.ref(`${table}.label`);
  const { secrecy } = scope;
  if (secrecy === undefined) return sql<boolean>`${own} is null`;
  return readsAll(scope, sql`array[coalesce(${own}, ${usualOfRegister(secrecy, register)})]`);
}

/** The label that an entry was given is one that the reader reads, by whatever they hold. */
export const entryLabelled = (scope: Scope): RawBuilder<boolean> =>
  sql<boolean>`(entry.label is null or ${readsAll(scope, sql`array[entry.label]`)})`;

/** Labels, all of which something that the reader holds lets them read. */
export const readsAll = (scope: Scope, papers: RawBuilder<string[]>): RawBuilder<boolean> =>
  anyOf(sights(scope), (one) => covers(one, papers));

/** Row of (pack, roles array) is the reader's, in a statement that reads its case: one of the roles is theirs in that pack, for its place. */
export function holdsRole(pack: string, roles: string, scope: Scope): RawBuilder<boolean> {
  return anyOf(
    holdings(scope.packs, scope.only),
    (one) => sql`(${sql.ref(pack)} = ${one.pack} and ${sql.ref(roles)} && ${[...one.roles]}::text[] and ${at('case_file.places', one)})`,
  );
}

/** What has these places is one of those that something is held for. @param column an array of places */
export function at(column: string, { places }: Pick<Holding, 'places'>): RawBuilder<boolean> {
  return places === undefined ? sql<boolean>`true` : sql<boolean>`${sql.ref(column)} && ${[...places]}::text[]`;
}

export function anyOf<T>(all: readonly T[], each: (one: T) => RawBuilder<unknown>): RawBuilder<boolean> {
  return all.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(all.map(each), sql` or `)})`;
}
