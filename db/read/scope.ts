/** What a reader may see: `maySee` of the domain, as SQL. */
import { sql, type RawBuilder } from 'kysely';
import { sights, type Reader } from '../../domain/case/concern.ts';
import { holdings, type Holding } from '../../domain/place.ts';

/** Who reads. */
export type Scope = Reader;

/** The case concerns the reader. To be used by everything that shows anything of a case. */
export function mySight(scope: Scope): RawBuilder<boolean> {
  return anyOf(
    sights(scope),
    (one) => sql`(case_file.pack_id = ${one.pack} and ${at('case_file.places', one)} and (case_file.concerned_roles is null
      or ${scope.person} = any(case_file.concerned_persons) or case_file.concerned_roles && ${[...one.roles]}::text[]))`,
  );
}

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

function anyOf(all: readonly Holding[], each: (one: Holding) => RawBuilder<unknown>): RawBuilder<boolean> {
  return all.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(all.map(each), sql` or `)})`;
}
