/** What an import looks up before it writes: for many rows at once, each answer by one statement. */
import { sql } from 'kysely';
import type { EntryStatus } from '../../domain/register/definition.ts';
import type { EntryBody } from '../../domain/register/read-entry.ts';
import type { ReadBy } from '../../domain/register/sight.ts';
import type { Db, Trx } from '../database.ts';
import { withBodies } from '../entry-body.ts';
import { anyOf, entrySight, mayName, type Naming, type Scope } from './scope.ts';

export interface KnownEntry {
  readonly id: string;
  readonly version: number;
  readonly status: EntryStatus;
  readonly body: EntryBody;
}

/** Latest versions by id; those that are not there are absent. */
export async function knownEntries(db: Db | Trx, register: string, ids: readonly string[]): Promise<Map<string, KnownEntry>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('entry')
    .select(['id', 'version', 'status', 'body'])
    .where('register', '=', register)
    .where('id', 'in', [...ids])
    .execute();
  return new Map((await withBodies(db, register, rows)).map((row) => [row.id, row]));
}

/**
 * Which of some rows would touch what is not the writer's, by their place among them: an entry that they do not see, or, entered or changed
 * so, one that they would not see.
 * @param rows `id` is absent where the register gives it
 */
export async function notTheirs(
  db: Db | Trx,
  scope: Scope,
  def: ReadBy,
  rows: readonly { readonly id?: string | undefined; readonly body: EntryBody }[],
): Promise<Set<number>> {
  if (rows.length === 0) return new Set();
  const [ids, bodies] = [rows.map(({ id = '' }) => id), rows.map(({ body }) => JSON.stringify(placing(body)))];
  const { rows: found } = await sql<{ at: number }>`
    select w.at::int as at from unnest(${ids}::text[], ${bodies}::jsonb[]) with ordinality w(id, body, at)
      left join entry on entry.register = ${def.id} and entry.id = w.id
      cross join lateral (select entry_places(${def.id}, w.id, w.body) as places, entry.label as label) became
    where not ${entrySight(scope, def, 'became')} or (entry.id is not null and not ${entrySight(scope, def)})`.execute(db);
  return new Set(found.map(({ at }) => at - 1));
}

/**
 * An entry that is written so would be one that the writer sees: of a place where they hold the role.
 * @param entry `id` undefined where the register gives it; `label` that it carries
 */
export async function wouldBeTheirs(
  db: Db | Trx,
  scope: Scope,
  def: ReadBy,
  { id = '', body, label }: { readonly id?: string | undefined; readonly body: EntryBody; readonly label: string | null },
): Promise<boolean> {
  const { rows } = await sql`select from
    (select entry_places(${def.id}, ${id}, ${JSON.stringify(placing(body))}::jsonb) as places, ${label}::text as label) became
    where ${entrySight(scope, def, 'became')}`.execute(db);
  return rows.length > 0;
}

/** What says where an entry belongs. */
const placing = ({ estate, building, unit, outlet }: EntryBody): EntryBody =>
  Object.fromEntries(Object.entries({ estate, building, unit, outlet }).filter(([, value]) => value !== undefined)) as EntryBody;

/** Who has a further key, by `name` and value. */
export async function keyHolders(
  db: Db | Trx,
  register: string,
  keys: readonly { readonly name: string; readonly value: string }[],
): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const { rows } = await sql<{ name: string; value: string; id: string }>`
    select k.name, k.value, k.id from entry_key k join
      unnest(${keys.map(({ name }) => name)}::text[], ${keys.map(({ value }) => value)}::text[]) w(name, value)
      on k.register = ${register} and k.name = w.name and k.value = w.value`.execute(db);
  return new Map(rows.map(({ name, value, id }) => [`${name}\n${value}`, id]));
}

/** Which of these entries may be named, as `register id`: those in force, as when one is written. @param naming who names them; absent: the company's own work */
export async function namable(
  db: Db | Trx,
  refs: readonly { readonly register: string; readonly id: string }[],
  naming?: Naming,
): Promise<Set<string>> {
  if (refs.length === 0) return new Set();
  const registers = [...new Set(refs.map(({ register }) => register))];
  const seen = anyOf(registers, (one) => sql`(e.register = ${one} and ${naming === undefined ? sql`true` : mayName(naming, one, 'e')})`);
  const { rows } = await sql<{ register: string; id: string }>`
    select e.register, e.id from entry e join (select distinct register, id from
      unnest(${refs.map(({ register }) => register)}::text[], ${refs.map(({ id }) => id)}::text[]) w(register, id)) w
      on e.register = w.register and e.id = w.id where e.in_force is not null and ${seen}`.execute(db);
  return new Set(rows.map(({ register, id }) => `${register} ${id}`));
}

/** Entries that came of earlier rows, by the key of the row. */
export async function byRowKey(db: Db | Trx, register: string, keys: readonly string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await db
    .selectFrom('entry_version')
    .select(['key', 'id'])
    .where('register', '=', register)
    .where('key', 'in', [...keys])
    .execute();
  return new Map(rows.map(({ key, id }) => [key ?? '', id]));
}

export interface ImportRow {
  readonly id: string;
  readonly upto: number;
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly finished_at: Date | null;
  readonly person: string;
  readonly register: string;
  readonly file_hash: string;
}

export async function findImport(db: Db | Trx, id: string): Promise<ImportRow | undefined> {
  return db.selectFrom('register_import').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Rows that were not taken, in order; faults as they were told. */
export async function faultsOf(db: Db, id: string): Promise<{ line: number; faults: unknown }[]> {
  return db.selectFrom('register_import_fault').select(['line', 'faults']).where('import', '=', id).orderBy('line').execute();
}
