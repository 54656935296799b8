/** Packs and what they extend, as SQL; see `domain/family.ts`. */
import { sql, type RawBuilder } from 'kysely';

/** `column` is one of these packs, or extends one of them. */
export function inFamily(column: string, packs: readonly string[]): RawBuilder<boolean> {
  const these = sql`${[...packs]}::text[]`;
  const of = sql.ref(column);
  return sql<boolean>`(${of} = any(${these}) or exists (select from pack_base b where b.pack = ${of} and b.base = any(${these})))`;
}

/** Pack → what it extends, of the packs in which a person holds a role; null = none extends any. */
export function basesSql(person: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select jsonb_object_agg(pack, bases) from (select b.pack, jsonb_agg(b.base) bases from pack_base b
    where exists (select from person_role r where r.person = ${person} and r.pack_id = b.pack) group by b.pack) f)`;
}
