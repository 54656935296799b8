/** Entries of registers, read. */
import { sql, type RawBuilder } from 'kysely';
import type { EntryStatus, RegisterDef } from '../../domain/register/definition.ts';
import { filterGram, gramsSought, searchable } from '../../domain/register/grams.ts';
import { saysWord, type EntryBody } from '../../domain/register/read-entry.ts';
import type { ReadBy } from '../../domain/register/sight.ts';
import type { Db, Trx } from '../database.ts';
import { entryOpener, openBody, openOne, withBodies } from '../entry-body.ts';
import { keyedWords } from '../personal.ts';
import { entrySight, type Scope } from './scope.ts';

export interface EntryRow {
  readonly id: string;
  readonly version: number;
  readonly status: EntryStatus;
  readonly body: EntryBody;
  readonly inForce: number | null;
  readonly writtenBy: string;
  readonly changedAt: Date;
  /** Its own secrecy label; null: that of its register. */
  readonly label: string | null;
}

const columns = [
  'id',
  'label',
  'version',
  'status',
  'body',
  'in_force as inForce',
  'written_by as writtenBy',
  'changed_at as changedAt',
] as const;

/** What holds of an entry; undefined when there is none, none yet, or it was withdrawn. */
export async function findEntry(
  db: Db | Trx,
  register: string,
  id: string,
): Promise<{ id: string; version: number; body: EntryBody } | undefined> {
  const row = await db
    .selectFrom('entry')
    .select(['in_force', 'in_force_body'])
    .where('register', '=', register)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined || row.in_force === null || row.in_force_body === null) return undefined;
  const open = await entryOpener(db, register, [id]);
  return { id, version: row.in_force, body: openBody(open, register, id, row.in_force_body) };
}

/** The latest version, whatever its standing. */
export async function latestEntry(db: Db | Trx, register: string, id: string): Promise<EntryRow | undefined> {
  const row = await db.selectFrom('entry').select(columns).where('register', '=', register).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : (await withBodies(db, register, [row]))[0];
}

/** The same, for whoever may see it. */
export async function entryFor(db: Db | Trx, scope: Scope, def: ReadBy, id: string): Promise<EntryRow | undefined> {
  const row = await db
    .selectFrom('entry')
    .select(columns)
    .where('register', '=', def.id)
    .where('id', '=', id)
    .where(entrySight(scope, def))
    .executeTakeFirst();
  return row === undefined ? undefined : (await withBodies(db, def.id, [row]))[0];
}

/** Those of some entries that somebody may see. */
export async function seenAmong(db: Db | Trx, scope: Scope, def: ReadBy, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('entry')
    .select('id')
    .where('register', '=', def.id)
    .where('id', 'in', [...ids])
    .where(entrySight(scope, def))
    .execute();
  return rows.map(({ id }) => id);
}

export interface EntryQuery {
  /** Who looks, at which register; absent: the company's own work, which sees all. */
  readonly by?: { readonly scope: Scope; readonly def: ReadBy } | undefined;
  /** A word; a single character is taken for the beginning of an id. */
  readonly q?: string | undefined;
  /** Field → value, of the register's `filter`. */
  readonly filter: Readonly<Record<string, string>>;
  readonly withdrawn?: boolean | undefined;
  /** Id after which the page begins. */
  readonly after: string;
  readonly limit: number;
}

/** Rows of the index that one page looks at, at most: a word that nobody has costs no more than one that all have. */
const LOOKED_AT = 5_000;

/** Entries of a gram that are counted to find the rarest. */
const COUNTED = 300;

/** Grams of a word that are counted to find the rarest; the whole word is compared in any case. */
const MOST_GRAMS = 16;

export interface EntryPage {
  readonly items: readonly EntryRow[];
  /** Id after which the next page begins; null = this is the last. */
  readonly after: string | null;
}

/**
 * By id. A word of two characters is one range of the index; of a longer one its rarest gram is ranged over and the rest compared.
 * A page may be short, even empty, and have a next one, when what it looked at did not fit.
 */
export async function listEntries(
  db: Db,
  def: Pick<RegisterDef, 'id' | 'search' | 'fields'>,
  { by, q = '', filter, withdrawn = false, after, limit }: EntryQuery,
): Promise<EntryPage> {
  const word = searchable(q);
  const needed = [...gramsSought(q).slice(0, MOST_GRAMS), ...Object.entries(filter).map(([field, value]) => filterGram(field, value))];
  const seen = by === undefined ? sql<boolean>`true` : entrySight(by.scope, by.def, 'e');
  const living = withdrawn ? seen : sql<boolean>`(e.status <> 'withdrawn' and ${seen})`;
  if (needed.length === 0) {
    const { rows } = await sql<RawRow>`select ${rawColumns} from entry e
      where register = ${def.id} and id collate "C" > ${after} and ${living}
      order by id collate "C" limit ${limit + 1}`.execute(db);
    return paged(db, def.id, rows, limit);
  }
  // A gram stands in the index as it is, or keyed where the field is sealed.
  const key = await keyedWords(db);
  const keyed = (gram: string): string => key(def.id, gram);
  const lead = needed.length === 1 ? needed[0]! : await rarest(db, def.id, needed, keyed);
  const rest = needed.filter((gram) => gram !== lead);
  const hidden = gramsSought(q).slice(0, MOST_GRAMS).map(keyed);
  const fits = sql<boolean>`${living} and (${word} = '' or position(${word} in e.search_text) > 0 or position(${word} in ${searchableId}) > 0
      or not exists (select from unnest(${hidden}::text[]) h
        where not exists (select from entry_gram o where o.register = ${def.id} and o.gram = h and o.id = l.id)))
    and not exists (select from unnest(${rest.filter((gram) => gram.includes('='))}::text[]) f
      where not exists (select from entry_gram o where o.register = ${def.id} and o.gram = f and o.id = l.id))`;
  const found: RawRow[] = [];
  let from = after;
  // A page that is full with the first rows looks at no more, however many there are.
  for (let [size, left] = [limit + 1, LOOKED_AT]; left > 0; [size, left] = [Math.min(size * 4, left - size), left - size]) {
    const { rows } = await sql<RawRow & { end: boolean }>`
      with looked as materialized (
        select id from (
          (select id from entry_gram where register = ${def.id} and gram = ${lead} and id > ${from} order by id limit ${size})
          union
          (select id from entry_gram where register = ${def.id} and gram = ${keyed(lead)} and id > ${from} order by id limit ${size})
        ) both_ways order by id limit ${size}
      )
      select ${rawColumns}, false as "end" from looked l join entry e on e.register = ${def.id} and e.id = l.id where ${fits}
      union all
      select id, 0, '', '{}'::jsonb, null, '', now(), null, true from (select id from looked order by id desc limit 1) l
        where (select count(*) from looked) = ${size}
      order by "end", id`.execute(db);
    // Grams that stand apart from one another are not the word.
    const opened = await withBodies(db, def.id, rows.filter(({ end }) => !end)); // prettier-ignore
    found.push(...opened.filter((row) => word === '' || idSays(row.id, word) || saysWord(def, row.body, word)));
    const last = rows.find(({ end }) => end);
    if (last === undefined || found.length > limit) return page(found, limit);
    from = last.id;
  }
  return { items: found.map(rowFrom), after: by === undefined ? from : await beforeNextSeen(db, def.id, [lead, keyed(lead)], from, seen) };
}

/** Where a page goes on that has looked at enough: just before the next entry that the reader sees, so that it names none that they do not; null = there is none. */
async function beforeNextSeen(
  db: Db,
  register: string,
  grams: readonly string[],
  from: string,
  seen: RawBuilder<boolean>,
): Promise<string | null> {
  const first = (gram: string) => sql`(select g.id from entry_gram g join entry e on e.register = g.register and e.id = g.id
    where g.register = ${register} and g.gram = ${gram} and g.id > ${from} and ${seen} order by g.id limit 1)`;
  const { rows } = await sql<{ id: string }>`select id from (${sql.join(grams.map(first), sql` union `)}) n order by id limit 1`.execute(
    db,
  );
  const id = rows[0]?.id;
  // Ids hold nothing above a tilde.
  return id === undefined ? null : `${id.slice(0, -1)}${String.fromCodePoint(id.codePointAt(id.length - 1)! - 1)}~`;
}

interface RawRow {
  readonly id: string;
  readonly version: number;
  readonly status: EntryStatus;
  readonly body: EntryBody;
  readonly in_force: number | null;
  readonly written_by: string;
  readonly changed_at: Date;
  readonly label: string | null;
}
const rawColumns = sql`e.id, e.version, e.status, e.body, e.in_force, e.written_by, e.changed_at, e.label`;
const idSays = (id: string, word: string): boolean =>
  id
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .toLowerCase()
    .includes(word);
const searchableId = sql`lower(regexp_replace(e.id, '[^A-Za-z0-9]', '', 'g'))`;

function rowFrom({ in_force, written_by, changed_at, id, version, status, body, label }: RawRow): EntryRow {
  return { id, label, version, status, body, inForce: in_force, writtenBy: written_by, changedAt: changed_at };
}

async function paged(db: Db, register: string, rows: readonly RawRow[], limit: number): Promise<EntryPage> {
  return page(await withBodies(db, register, rows), limit);
}

function page(rows: readonly RawRow[], limit: number): EntryPage {
  const items = rows.slice(0, limit).map(rowFrom);
  return { items, after: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** The gram that the fewest entries have, counted up to a bound; among common ones a word rather than a value. */
async function rarest(db: Db, register: string, needed: readonly string[], keyed: (gram: string) => string): Promise<string> {
  const { rows } = await sql<{ gram: string }>`
    select g.gram from unnest(${needed}::text[], ${needed.map(keyed)}::text[]) g(gram, keyed),
      lateral (select count(*) n from (select from entry_gram i where i.register = ${register} and i.gram in (g.gram, g.keyed) limit ${COUNTED}) few) c
    order by c.n, position('=' in g.gram), g.gram limit 1`.execute(db);
  return rows[0]!.gram;
}

export interface HistoryRow {
  readonly version: number;
  readonly what: string;
  readonly person: string;
  readonly at: Date;
  readonly reason: string | null;
  /** Of a version; of an act null. */
  readonly body: EntryBody | null;
  readonly hash: string | null;
}

/** Every version and every act of an entry, in order. */
export async function historyOf(db: Db, register: string, id: string): Promise<HistoryRow[]> {
  const versions = await db
    .selectFrom('entry_version')
    .selectAll()
    .where('register', '=', register)
    .where('id', '=', id)
    .orderBy('version')
    .execute();
  const acts = await db
    .selectFrom('entry_act')
    .selectAll()
    .where('register', '=', register)
    .where('id', '=', id)
    .orderBy('ordinal')
    .execute();
  const open = await entryOpener(db, register, [id]);
  const said = (reason: string | null): string | null => (reason === null ? null : openOne(open, register, id, reason));
  return versions.flatMap(({ version, person, at, reason, body, hash }): HistoryRow[] => [
    { version, what: 'written', person, at, reason: said(reason), body: openBody(open, register, id, JSON.parse(body) as EntryBody), hash },
    ...acts
      .filter((act) => act.version === version)
      .map((act) => ({ version, what: act.act, person: act.person, at: act.at, reason: said(act.reason), body: null, hash: null })),
  ]);
}

/** Living entries of some registers that name this one, by register and id; `limit` of them. */
export async function entriesNaming(
  db: Db,
  to: { readonly register: string; readonly id: string },
  by: { readonly scope: Scope; readonly defs: readonly ReadBy[] },
  limit: number,
): Promise<{ register: string; id: string; field: string }[]> {
  return db
    .selectFrom('entry_ref')
    .innerJoin('entry', (j) => j.onRef('entry.register', '=', 'entry_ref.register').onRef('entry.id', '=', 'entry_ref.id'))
    .select(['entry_ref.register', 'entry_ref.id', 'entry_ref.field'])
    .where('to_register', '=', to.register)
    .where('to_id', '=', to.id)
    .where(
      sql<boolean>`(${sql.join(
        by.defs.map((def) => sql`(entry_ref.register = ${def.id} and ${entrySight(by.scope, def)})`),
        sql` or `,
      )})`,
    )
    .where('entry.status', '<>', 'withdrawn')
    .orderBy('entry_ref.register')
    .orderBy('entry_ref.id')
    .limit(limit)
    .execute();
}

/** What holds of the entries that say `public: true` and carry no label above the lowest, `open`, by id after `after`; one row more than `limit`, if there is one. */
export async function publicEntries(
  db: Db,
  register: string,
  open: string | undefined,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<{ id: string; body: EntryBody }[]> {
  const { rows } = await sql<{ id: string; body: EntryBody }>`select id, in_force_body as body from entry
    where register = ${register} and id collate "C" > ${after} and in_force is not null and in_force_body ->> 'public' = 'true'
      and (label is null or label = ${open ?? ''})
    order by id collate "C" limit ${limit + 1}`.execute(db);
  return withBodies(db, register, rows);
}

/** What holds of a small register, by id; `limit` entries at most. */
export async function entriesInForce(db: Db, register: string, limit: number): Promise<EntryBody[]> {
  const rows = await db
    .selectFrom('entry')
    .select(['id', 'in_force_body'])
    .where('register', '=', register)
    .where('in_force', 'is not', null)
    .orderBy('id')
    .limit(limit)
    .execute();
  const held = rows.flatMap(({ id, in_force_body: body }) => (body === null ? [] : [{ id, body }]));
  return (await withBodies(db, register, held)).map(({ body }) => body);
}
