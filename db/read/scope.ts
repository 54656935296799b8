/** What a reader may see: their packs, with their roles in each. */
import { sql, type RawBuilder } from 'kysely';

export interface Scope {
  readonly person: string;
  /** Pack id → roles held there. Cases of other packs are as good as absent. */
  readonly packs: Readonly<Record<string, readonly string[]>>;
}

/** `column` is one of the reader's packs. */
export function inPacks(column: string, scope: Scope): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(column)} = any(${Object.keys(scope.packs)}::text[])`;
}

/** Row of (pack, roles array) is the reader's: one of the roles is theirs in that pack. */
export function holdsRole(pack: string, roles: string, scope: Scope): RawBuilder<boolean> {
  const each = Object.entries(scope.packs).map(
    ([id, held]) => sql`(${sql.ref(pack)} = ${id} and ${sql.ref(roles)} && ${[...held]}::text[])`,
  );
  return each.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(each, sql` or `)})`;
}
