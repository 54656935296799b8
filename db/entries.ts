/** Entries of registers: every change is a version of its own, every act is noted; nothing is overwritten but the current row. */
import { sql } from 'kysely';
import { barring, type Duty } from '../domain/authority/duties.ts';
import { canonicalJson } from '../domain/canonical.ts';
import type { RegisterDef } from '../domain/register/definition.ts';
import { refsOf, type EntryStatus } from '../domain/register/definition.ts';
import { indexOf, keysOf, searchText, type EntryBody } from '../domain/register/read-entry.ts';
import { dateOf, dayOf, type Instant } from '../domain/time.ts';
import type { Db, Trx } from './database.ts';
import { entryHash } from './entry-chain.ts';
import { entryOpener, openBody, sealedBody, sealedReason, withBodies } from './entry-body.ts';
import { GENESIS } from './hash.ts';
import { keyedWords } from './personal.ts';
import { mayName, type Naming } from './read/scope.ts';

/** There is one of that id, or of that further key (`name`). */
export class EntryTaken extends Error {
  readonly key: string;
  readonly by: string | undefined;
  constructor(key: string, by?: string) {
    super(`${key} is taken${by === undefined ? '' : ` by ${by}`}`);
    this.name = 'EntryTaken';
    this.key = key;
    this.by = by;
  }
}

/** Somebody has changed it meanwhile, or it is withdrawn. */
export class EntryStale extends Error {
  readonly version: number;
  constructor(version: number) {
    super(`the entry is at version ${version}`);
    this.name = 'EntryStale';
    this.version = version;
  }
}

/** It names an entry of another register that is not there, not approved yet or withdrawn. */
export class RefMissing extends Error {
  readonly field: string;
  readonly to: string;
  constructor(field: string, register: string, id: string) {
    super(`${field}: no entry ${id} in ${register}`);
    this.name = 'RefMissing';
    this.field = field;
    this.to = `${register} ${id}`;
  }
}

/** The same key came with another body, of another person, or for another entry or version. */
export class EntryKeyReused extends Error {}

export interface Put {
  readonly def: RegisterDef;
  readonly body: EntryBody;
  readonly person: string;
  readonly at: Instant;
  readonly reason?: string | undefined;
  /** Idempotency key: the same again is the same version. */
  readonly key?: string | undefined;
  /** Who names what: an entry that is not theirs to see is as good as absent. Absent: the company's own work, which sees all. */
  readonly naming?: Naming | undefined;
}

export interface Stored {
  readonly id: string;
  readonly version: number;
  readonly status: EntryStatus;
}

/** Withdrawing it is for whoever approves, or of a draft for whoever wrote it. */
export class NotTheirsToWithdraw extends Error {}

/** A new entry. @throws EntryTaken, RefMissing, EntryKeyReused */
export async function addEntry(trx: Trx, put: Put): Promise<Stored> {
  const { def, body, at } = put;
  const before = await sameKey(trx, put, { version: 1 });
  if (before !== undefined) return before;
  await checkRefs(trx, put);
  const id = def.key === undefined ? await nextId(trx, def, at) : idFrom(def.key, body);
  const kept = await sealedBody(trx, def, id, body);
  const first = await versionRow(trx, put, kept, id, 1, GENESIS);
  const row = { register: def.id, id, version: 1, ...current(put, kept), ...standing(def, kept, 1) };
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('entry')
    .values(row)
    .onConflict((c) => c.doNothing())
    .executeTakeFirstOrThrow();
  if ((numInsertedOrUpdatedRows ?? 0n) === 0n) throw new EntryTaken(def.key ?? 'id', id);
  await trx.insertInto('entry_version').values(first).execute();
  await indexEntry(trx, def, id, body, true);
  return { id, version: 1, status: row.status };
}

/** The next version. @param expected the version that was looked at @throws EntryStale, EntryTaken, RefMissing, EntryKeyReused */
export async function changeEntry(trx: Trx, put: Put, id: string, expected: number): Promise<Stored> {
  const { def, body } = put;
  const before = await sameKey(trx, put, { id, version: expected + 1 });
  if (before !== undefined) return before;
  const now = await locked(trx, def.id, id);
  if (now.version !== expected || now.status === 'withdrawn') throw new EntryStale(now.version);
  if (def.key !== undefined && idFrom(def.key, body) !== id) throw new EntryTaken(def.key, id);
  await checkRefs(trx, put, id);
  const version = expected + 1;
  const { hash } = await trx
    .selectFrom('entry_version')
    .select('hash')
    .where('register', '=', def.id)
    .where('id', '=', id)
    .where('version', '=', expected)
    .executeTakeFirstOrThrow();
  const kept = await sealedBody(trx, def, id, body);
  const row = { version, ...current(put, kept), ...standing(def, kept, version) };
  // Until the new version is approved the one before it holds.
  const { in_force: _, in_force_body: __, ...draft } = row;
  await trx
    .updateTable('entry')
    .set(def.review === undefined ? row : draft)
    .where('register', '=', def.id)
    .where('id', '=', id)
    .execute();
  await trx
    .insertInto('entry_version')
    .values(await versionRow(trx, put, kept, id, version, hash))
    .execute();
  await indexEntry(trx, def, id, body);
  return { id, version, status: row.status };
}

export interface Act {
  readonly def: RegisterDef;
  readonly id: string;
  readonly version: number;
  readonly act: 'submit' | 'review' | 'approve' | 'reject' | 'withdraw';
  readonly person: string;
  readonly at: Instant;
  readonly reason?: string | undefined;
  readonly key: string;
  /** Whether the person has the role that approves; without it nothing that was approved is withdrawn. */
  readonly approves?: boolean;
}

const LEADS_TO: Readonly<Record<Act['act'], EntryStatus>> = {
  submit: 'submitted',
  review: 'reviewed',
  approve: 'inForce',
  reject: 'rejected',
  withdraw: 'withdrawn',
};
const FROM: Readonly<Record<Act['act'], readonly EntryStatus[]>> = {
  submit: ['draft'],
  review: ['submitted'],
  approve: ['reviewed'],
  reject: ['submitted', 'reviewed'],
  withdraw: ['draft', 'submitted', 'reviewed', 'inForce', 'rejected'],
};

/** The act does not follow from where the entry stands. */
export class ActOutOfOrder extends Error {
  readonly status: EntryStatus;
  constructor(status: EntryStatus) {
    super(`the entry is ${status}`);
    this.name = 'ActOutOfOrder';
    this.status = status;
  }
}

/** The table of duties keeps the person from it: they wrote since the version in force, or reviewed this one. */
export class OwnEntry extends Error {
  readonly duty: Duty;
  constructor(duty: Duty) {
    super(duty.en);
    this.name = 'OwnEntry';
    this.duty = duty;
  }
}

/** @throws EntryStale, ActOutOfOrder, OwnEntry, NotTheirsToWithdraw, EntryKeyReused */
export async function actOnEntry(trx: Trx, { def, id, version, act, person, at, reason, key, approves = false }: Act): Promise<Stored> {
  await holdKey(trx, key);
  const known = await trx.selectFrom('entry_act').selectAll().where('key', '=', key).executeTakeFirst();
  if (known !== undefined) {
    const same = known.register === def.id && known.id === id && known.act === act && known.version === version && known.person === person;
    if (!same) throw new EntryKeyReused(key);
    return { id, version, status: await statusOf(trx, def.id, id) };
  }
  const now = await locked(trx, def.id, id);
  if (now.version !== version) throw new EntryStale(now.version);
  if (!FROM[act].includes(now.status)) throw new ActOutOfOrder(now.status);
  if (act === 'withdraw' && def.review !== undefined) {
    const wrote = now.written_by === person;
    if (!approves && !(now.in_force === null && wrote)) throw new NotTheirsToWithdraw(person);
    // What was never approved may be withdrawn by whoever wrote it.
    const duty = now.in_force === null ? undefined : barring('entry', act, [{ act: 'write', persons: [now.written_by] }], person);
    if (duty !== undefined) throw new OwnEntry(duty);
  }
  if (act === 'review' || act === 'approve' || act === 'reject') {
    const reviewers = await trx
      .selectFrom('entry_act')
      .select('person')
      .where('register', '=', def.id)
      .where('id', '=', id)
      .where('version', '=', version)
      .where('act', '=', 'review')
      .execute();
    const writers = await trx
      .selectFrom('entry_version')
      .select('person')
      .where('register', '=', def.id)
      .where('id', '=', id)
      .where('version', '>', now.in_force ?? 0)
      .execute();
    const duty = barring('entry', act, [
      { act: 'write', persons: writers.map((one) => one.person) },
      { act: 'review', persons: reviewers.map((one) => one.person) },
    ], person); // prettier-ignore
    if (duty !== undefined) throw new OwnEntry(duty);
  }
  const status = LEADS_TO[act];
  // Before the entry's row changes: the store's own fence asks what is in force so far.
  await trx
    .insertInto('entry_act')
    .values({ register: def.id, id, version, act, person, at: new Date(at), reason: await sealedReason(trx, def.id, id, reason), key })
    .execute();
  await trx
    .updateTable('entry')
    .set({
      status,
      changed_at: new Date(at),
      ...(act === 'approve' ? { in_force: version, in_force_body: JSON.stringify(now.body) } : {}),
      ...(act === 'withdraw' ? { in_force: null, in_force_body: null } : {}),
    })
    .where('register', '=', def.id)
    .where('id', '=', id)
    .execute();
  if (act === 'withdraw') await trx.deleteFrom('entry_key').where('register', '=', def.id).where('id', '=', id).execute();
  return { id, version, status };
}

async function locked(trx: Trx, register: string, id: string) {
  return trx.selectFrom('entry').selectAll().where('register', '=', register).where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
}

/** Two requests of one key wait for each other, so that the second gets the outcome of the first. */
async function holdKey(trx: Trx, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`entry-key:${key}`}, 0))`.execute(trx);
}

async function statusOf(trx: Trx, register: string, id: string): Promise<EntryStatus> {
  const row = await trx
    .selectFrom('entry')
    .select('status')
    .where('register', '=', register)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return row.status;
}

/** What a request of the same key has done already: with how the entry stands now. @param made what this request would make, as far as it says */
async function sameKey(
  trx: Trx,
  { def, body, person, key }: Put,
  made: { readonly id?: string; readonly version?: number },
): Promise<Stored | undefined> {
  if (key === undefined) return undefined;
  await holdKey(trx, key);
  const row = await trx.selectFrom('entry_version').selectAll().where('key', '=', key).executeTakeFirst();
  if (row === undefined) return undefined;
  const sameEntry = row.register === def.id && row.id === (made.id ?? row.id) && row.version === (made.version ?? row.version);
  if (!sameEntry || row.person !== person || !(await saysSame(trx, row, body))) throw new EntryKeyReused(key);
  return { id: row.id, version: row.version, status: await statusOf(trx, def.id, row.id) };
}

/** Sealed twice, the same text is never the same: it is opened for that. */
async function saysSame(trx: Trx, row: { register: string; id: string; body: string }, body: EntryBody): Promise<boolean> {
  const open = await entryOpener(trx, row.register, [row.id]);
  return canonicalJson(openBody(open, row.register, row.id, JSON.parse(row.body) as EntryBody)) === canonicalJson(body);
}

function current({ def, body, person, at }: Put, kept: EntryBody) {
  return { body: JSON.stringify(kept), search_text: searchText(def, body), written_by: person, changed_at: new Date(at) };
}

function standing(def: RegisterDef, kept: EntryBody, version: number) {
  return def.review === undefined
    ? { status: 'inForce' as const, in_force: version, in_force_body: JSON.stringify(kept) }
    : { status: 'draft' as const, in_force: null, in_force_body: null };
}

async function versionRow(trx: Trx, { def, person, at, reason, key }: Put, kept: EntryBody, id: string, version: number, previous: string) {
  const row = {
    register: def.id,
    id,
    version,
    body: canonicalJson(kept),
    definition: def.version,
    person,
    at: new Date(at),
    reason: await sealedReason(trx, def.id, id, reason),
    key: key ?? null,
  };
  return { ...row, prev_hash: previous, hash: entryHash(previous, row) };
}

/** `<prefix>-<year>-<nnnnn>`, without gaps: the counter's row is held until the entry is there or given up. */
async function nextId(trx: Trx, def: RegisterDef, at: Instant): Promise<string> {
  const year = dateOf(dayOf(at)).slice(0, 4);
  const { last } = await trx
    .insertInto('register_counter')
    .values({ register: def.id, year, last: 1 })
    .onConflict((c) => c.columns(['register', 'year']).doUpdateSet({ last: sql<number>`register_counter.last + 1` }))
    .returning('last')
    .executeTakeFirstOrThrow();
  return `${def.prefix}-${year}-${String(last).padStart(5, '0')}`;
}

/** @param own the entry as it is: what it names already it goes on naming */
async function checkRefs(trx: Trx, { def, body, naming }: Put, own?: string): Promise<void> {
  const kept = own === undefined || naming === undefined ? new Set() : await namedBy(trx, def.id, own);
  for (const { field, register, id } of refsOf(def.fields, body)) {
    const seen = naming === undefined || kept.has(`${register} ${id}`) ? sql<boolean>`true` : mayName(naming, register);
    const found = await trx
      .selectFrom('entry')
      .select('id')
      .where('register', '=', register)
      .where('id', '=', id)
      .where('in_force', 'is not', null)
      .where(seen)
      .forShare()
      .executeTakeFirst();
    if (found === undefined) throw new RefMissing(field, register, id);
  }
}

async function namedBy(trx: Trx, register: string, id: string): Promise<ReadonlySet<string>> {
  const rows = await trx
    .selectFrom('entry_ref')
    .select(['to_register', 'to_id'])
    .where('register', '=', register)
    .where('id', '=', id)
    .execute();
  return new Set(rows.map((to) => `${to.to_register} ${to.to_id}`));
}

/** Words, further keys and references of the latest version. @param fresh there is nothing of it yet @throws EntryTaken */
export async function indexEntry(trx: Trx, def: RegisterDef, id: string, body: EntryBody, fresh = false): Promise<void> {
  const at = { register: def.id, id };
  const keyed = await keyedWords(trx);
  const words = indexOf(def, id, body, (word) => keyed(def.id, word));
  if (!fresh) await sql`delete from entry_gram where register = ${def.id} and id = ${id} and not gram = any(${words}::text[])`.execute(trx);
  await sql`insert into entry_gram (register, gram, id) select ${def.id}, g, ${id} from unnest(${words}::text[]) g on conflict do nothing`.execute(
    trx,
  );
  if (!fresh) await trx.deleteFrom('entry_ref').where('register', '=', def.id).where('id', '=', id).execute();
  const refs = refsOf(def.fields, body).map(({ field, register, id: to }) => ({ ...at, field, to_register: register, to_id: to }));
  if (refs.length > 0) await trx.insertInto('entry_ref').values(refs).execute();
  if (!fresh) await trx.deleteFrom('entry_key').where('register', '=', def.id).where('id', '=', id).execute();
  for (const { name, value } of keysOf(def, body)) {
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('entry_key')
      .values({ ...at, name, value })
      .onConflict((c) => c.doNothing())
      .executeTakeFirstOrThrow();
    if ((numInsertedOrUpdatedRows ?? 0n) > 0n) continue;
    const taken = await trx
      .selectFrom('entry_key')
      .select('id')
      .where('register', '=', def.id)
      .where('name', '=', name)
      .where('value', '=', value)
      .executeTakeFirst();
    throw new EntryTaken(name, taken?.id);
  }
}

/** A new entry, or the next version of one that is there and says something else. In a transaction of its own. */
export async function putEntry(db: Db, put: Put): Promise<Stored & { readonly became: 'new' | 'changed' | 'same' }> {
  return db.transaction().execute(async (trx) => {
    const before = await sameKey(trx, put, {});
    if (before !== undefined) return { ...before, became: 'same' as const };
    const id = put.def.key === undefined ? undefined : idFrom(put.def.key, put.body);
    const known =
      id === undefined
        ? undefined
        : await trx.selectFrom('entry').selectAll().where('register', '=', put.def.id).where('id', '=', id).forUpdate().executeTakeFirst();
    if (known === undefined) return { ...(await addEntry(trx, put)), became: 'new' as const };
    const [opened] = await withBodies(trx, put.def.id, [known]);
    const same = canonicalJson(opened?.body) === canonicalJson(put.body) && known.status !== 'withdrawn';
    if (same) return { id: known.id, version: known.version, status: known.status, became: 'same' as const };
    return { ...(await changeEntry(trx, put, known.id, known.version)), became: 'changed' as const };
  });
}

/** The field that names an entry is required and an id, so it is a text. */
const idFrom = (key: string, body: EntryBody): string => body[key] as string;
