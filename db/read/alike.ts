/** Entries that a check has to see, however many there are beside them: each question is one range of an index. */
import { sql } from 'kysely';
import type { EntryBody } from '../../domain/register/read-entry.ts';
import type { RegisterDef } from '../../domain/register/definition.ts';
import { filterGram } from '../../domain/register/grams.ts';
import { sealedFields } from '../../domain/register/sealed.ts';
import type { Db, Trx } from '../database.ts';
import { withBodies } from '../entry-body.ts';
import { keyedWords } from '../personal.ts';

interface Found {
  readonly id: string;
  readonly body: EntryBody;
}

/** Living entries at a place on any day from `from` to `until` (YYYY-MM-DD, both included), the next to end first; `limit` at most. */
export async function atPlace(
  db: Db | Trx,
  register: string,
  { place, from, until }: { readonly place: string; readonly from: string; readonly until: string },
  limit: number,
): Promise<Found[]> {
  const { rows } = await sql<Found>`select id, body from entry where register = ${register} and body ->> 'place' = ${place}
    and coalesce(body ->> 'until', body ->> 'from') >= ${from} and body ->> 'from' <= ${until} and status <> 'withdrawn'
    order by coalesce(body ->> 'until', body ->> 'from'), id limit ${limit}`.execute(db);
  return withBodies(db, register, rows);
}

/** Living entries that say exactly this in a field; `limit` at most. */
export async function saying(
  db: Db | Trx,
  def: Pick<RegisterDef, 'id' | 'fields'>,
  field: 'name' | 'telephone' | 'licence',
  value: string,
  limit: number,
): Promise<Found[]> {
  const { id: register } = def;
  const told = sealedFields(def.fields).has(field)
    ? sql<boolean>`exists (select from entry_gram g where g.register = entry.register and g.id = entry.id
        and g.gram = ${(await keyedWords(db))(register, filterGram(field, value.normalize('NFKC')))})`
    : sql<boolean>`body ->> ${sql.lit(field)} = ${value}`;
  const { rows } = await sql<Found>`select id, body from entry where register = ${register} and ${told}
    and status <> 'withdrawn' order by id limit ${limit}`.execute(db);
  return withBodies(db, register, rows);
}
