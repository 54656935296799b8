/** After a register's definition has changed in what is sought, narrowed by or unique: its entries are put into the index anew. */
import { canonicalJson } from '../domain/canonical.ts';
import type { RegisterDef } from '../domain/register/definition.ts';
import { searchText, type EntryBody } from '../domain/register/read-entry.ts';
import type { Db, Trx } from './database.ts';
import { EntryTaken, indexEntry } from './entries.ts';
import { withBodies } from './entry-body.ts';
import { sha256 } from './hash.ts';
import { ERASED } from './personal.ts';

export interface Reindexed {
  readonly register: string;
  readonly entries: number;
  /** Entries one of whose further keys another entry has: it stays that one's. */
  readonly taken: readonly string[];
}

/** Whatever the index is made of. Fields that are neither sought nor in a key may change without it. */
function shapeOf({ search, filter, unique, fields }: RegisterDef): string {
  const used = fields.filter(
    ({ name, type }) => [...search, ...filter, ...unique.flat()].includes(name) || type === 'ref' || type === 'rows',
  );
  return sha256(
    canonicalJson({ search, filter, unique, fields: used.map(({ options: _, optionLabels: __, ...field }) => field) } as never),
  );
}

/**
 * Goes on where it was broken off; a register whose index is made by its definition already is left alone. Entries that are written
 * meanwhile are indexed by the new definition anyway. @param atOnce entries of a transaction @returns undefined when there was nothing to do
 */
export async function reindexRegister(db: Db, def: RegisterDef, atOnce = 200): Promise<Reindexed | undefined> {
  const shape = shapeOf(def);
  const known = await db.selectFrom('register_index').selectAll().where('register', '=', def.id).executeTakeFirst();
  if (known?.shape === shape && known.done_at !== null) return undefined;
  const begun = { register: def.id, shape, upto: known?.shape === shape ? known.upto : '', done_at: null };
  await db
    .insertInto('register_index')
    .values(begun)
    .onConflict((c) => c.column('register').doUpdateSet(begun))
    .execute();
  const taken: string[] = [];
  let entries = 0;
  for (let after: string | undefined = begun.upto; after !== undefined;) {
    const from: string = after;
    const ids: string[] = await db.transaction().execute((trx) => indexNext(trx, def, { after: from, limit: atOnce }, taken));
    entries += ids.length;
    after = ids.length < atOnce ? undefined : ids.at(-1);
  }
  await db.updateTable('register_index').set({ done_at: new Date() }).where('register', '=', def.id).where('shape', '=', shape).execute();
  return { register: def.id, entries, taken };
}

/** Some entries after an id, and how far that is, in one. */
async function indexNext(
  trx: Trx,
  def: RegisterDef,
  { after, limit }: { readonly after: string; readonly limit: number },
  taken: string[],
): Promise<string[]> {
  const rows = await trx
    .selectFrom('entry')
    .select(['id', 'body', 'status'])
    .where('register', '=', def.id)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .execute();
  for (const { id, body, status } of await withBodies(trx, def.id, rows)) {
    const left: EntryBody = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== ERASED));
    const at = { register: def.id, id };
    await trx
      .updateTable('entry')
      .set({ search_text: searchText(def, left) })
      .where('register', '=', at.register)
      .where('id', '=', id)
      .execute();
    // What is withdrawn holds no key.
    await indexEntry(trx, status === 'withdrawn' ? { ...def, unique: [] } : def, id, left).catch((error: unknown) => {
      if (!(error instanceof EntryTaken)) throw error;
      taken.push(id);
    });
  }
  const last = rows.at(-1)?.id;
  if (last !== undefined) await trx.updateTable('register_index').set({ upto: last }).where('register', '=', def.id).execute();
  return rows.map(({ id }) => id);
}
