/** What a reader may see: `maySee` of the domain, as SQL. */
import { sql, type RawBuilder } from 'kysely';
import { seenPacks, type Reader } from '../../domain/case/concern.ts';

/** Who reads. */
export type Scope = Reader;

/** The case concerns the reader. To be used by everything that shows anything of a case. */
export function mySight(scope: Scope): RawBuilder<boolean> {
  return sql<boolean>`(${inPacks('case_file.pack_id', scope)} and (case_file.concerned_roles is null
    or ${scope.person} = any(case_file.concerned_persons) or ${holdsRole('case_file.pack_id', 'case_file.concerned_roles', { ...scope, packs: seenPacks(scope) })}))`;
}

/** `column` is one of the reader's packs. */
function inPacks(column: string, scope: Scope): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(column)} = any(${Object.keys(seenPacks(scope))}::text[])`;
}

/** Row of (pack, roles array) is the reader's: one of the roles is theirs in that pack. */
export function holdsRole(pack: string, roles: string, scope: Scope): RawBuilder<boolean> {
  const each = Object.entries(scope.packs).map(
    ([id, held]) => sql`(${sql.ref(pack)} = ${id} and ${sql.ref(roles)} && ${[...held]}::text[])`,
  );
  return each.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(each, sql` or `)})`;
}
