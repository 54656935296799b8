/** What belongs to somebody: the subjects whose keys an erasure destroys, and the cases it is about. */
import { sql } from 'kysely';
import type { ErasureOf } from '../../domain/erasure.ts';
import type { Db, Trx } from '../database.ts';
import { subjects } from '../personal.ts';

export interface CaseOf {
  readonly number: string;
  readonly pack_id: string;
  readonly pack_hash: string;
  readonly closed_at: Date | null;
}

export interface Belongings {
  /** Subjects, in the order of their names. */
  readonly subjects: readonly string[];
  readonly cases: readonly CaseOf[];
}

/** Undefined: there is no such entry, case or person. @param alone of an entry: without what names it */
export async function belongingsOf(db: Db | Trx, of: ErasureOf, alone = false): Promise<Belongings | undefined> {
  if (of.what === 'person') {
    const row = await db.selectFrom('person').select('id').where('id', '=', of.person).executeTakeFirst();
    return row === undefined ? undefined : { subjects: [subjects.person(of.person)], cases: [] };
  }
  const entries = of.what === 'entry' ? await namingEntries(db, of, alone) : await entriesOfCase(db, of.number);
  if (entries === undefined) return undefined;
  const cases = of.what === 'case' ? await casesBy(db, [of.number]) : await casesOf(db, of.id, entries);
  if (of.what === 'case' && cases.length === 0) return undefined;
  const numbers = cases.map(({ number }) => number);
  const files = await filesOnlyOf(db, numbers, entries);
  const all = [
    ...entries.map(({ register, id }) => subjects.entry(register, id)),
    ...numbers.map(subjects.case),
    ...files.map(subjects.file),
  ];
  return { subjects: [...new Set(all)].toSorted(), cases };
}

interface EntryName {
  readonly register: string;
  readonly id: string;
}

async function namingEntries(db: Db | Trx, { register, id }: EntryName, alone: boolean): Promise<EntryName[] | undefined> {
  const own = await db.selectFrom('entry').select('id').where('register', '=', register).where('id', '=', id).executeTakeFirst();
  if (own === undefined) return undefined;
  if (alone) return [{ register, id }];
  // An order names the customer, an installation names the order.
  const { rows } = await sql<EntryName>`
    with recursive naming (register, id) as (
      select ${register}::text, ${id}::text
      union
      select r.register, r.id from entry_ref r join naming n on r.to_register = n.register and r.to_id = n.id
    )
    select register, id from naming`.execute(db);
  return rows;
}

/** Entries that say of which case they are. */
async function entriesOfCase(db: Db | Trx, number: string): Promise<EntryName[]> {
  return db
    .selectFrom('entry')
    .select(['register', 'id'])
    .where(sql<boolean>`body ->> 'case' = ${number}`)
    .execute();
}

/** Cases whose forms name the file, and those that its entries name. */
async function casesOf(db: Db | Trx, id: string, entries: readonly EntryName[]): Promise<CaseOf[]> {
  const { rows } = await sql<{ number: string }>`
    select distinct case_number as number from event where body -> 'data' -> 'facts' @> ${JSON.stringify({ customerFile: id })}::jsonb
    union
    select e.body ->> 'case' from entry e join unnest(${entries.map((one) => one.register)}::text[], ${entries.map((one) => one.id)}::text[]) n (register, id)
      on e.register = n.register and e.id = n.id where e.body ? 'case'`.execute(db);
  return casesBy(db, rows.map(({ number }) => number)); // prettier-ignore
}

async function casesBy(db: Db | Trx, numbers: readonly string[]): Promise<CaseOf[]> {
  if (numbers.length === 0) return [];
  return db
    .selectFrom('case_file')
    .select(['number', 'pack_id', 'pack_hash', 'closed_at'])
    .where('number', 'in', [...numbers])
    .orderBy('number')
    .execute();
}

/** Files that are attached to these and to nothing else. */
async function filesOnlyOf(db: Db | Trx, numbers: readonly string[], entries: readonly EntryName[]): Promise<string[]> {
  const { rows } = await sql<{ hash: string }>`
    with mine as (
      select a.id, f.hash from attachment a join file f on f.id = a.file_id
      where a.case_number = any(${[...numbers]}::text[])
        or (a.register, a.entry_id) in (select * from unnest(${entries.map((one) => one.register)}::text[], ${entries.map((one) => one.id)}::text[]))
    )
    select distinct hash from mine where not exists (
      select from attachment o join file g on g.id = o.file_id where g.hash = mine.hash and o.id not in (select id from mine))`.execute(db);
  return rows.map(({ hash }) => hash);
}

/** Closed cases of which something can still be read, by number after `after`. */
export function closedCases(db: Db, after: string, limit: number): Promise<CaseOf[]> {
  return db
    .selectFrom('case_file')
    .select(['number', 'pack_id', 'pack_hash', 'closed_at'])
    .where('closed_at', 'is not', null)
    .where('number', '>', after)
    .where(sql<boolean>`not exists (select from subject_key k where k.subject = 'case:' || case_file.number and k.erased_at is not null)`)
    .orderBy('number')
    .limit(limit)
    .execute();
}

/** Entries of a register that were changed last before an instant and can still be read; `limit` at most. */
export async function unchangedSince(
  db: Db,
  register: string,
  before: Date,
  after: string,
  limit: number,
): Promise<{ id: string; changed_at: Date }[]> {
  return db
    .selectFrom('entry')
    .select(['id', 'changed_at'])
    .where('register', '=', register)
    .where('changed_at', '<', before)
    .where(sql<boolean>`id collate "C" > ${after}`)
    .where(
      sql<boolean>`exists (select from subject_key k where k.subject = 'entry:' || entry.register || ':' || entry.id and k.erased_at is null)`,
    )
    .orderBy(sql`id collate "C"`)
    .limit(limit)
    .execute();
}

export interface ErasureRow {
  readonly ordinal: string;
  readonly subject: string;
  readonly person: string;
  readonly at: Date;
  readonly reason: string;
}

/** What was erased by a request, by its key. */
export async function erasedBy(db: Db, key: string): Promise<string[]> {
  const rows = await db.selectFrom('erasure').select('subject').where('key', '=', key).orderBy('ordinal').execute();
  return rows.map(({ subject }) => subject);
}

/** Newest first; one more than `limit`, if there is one. */
export function erasures(
  db: Db,
  { limit, before }: { readonly limit: number; readonly before?: string | undefined },
): Promise<ErasureRow[]> {
  const query = db
    .selectFrom('erasure')
    .select(['ordinal', 'subject', 'person', 'at', 'reason'])
    .orderBy('ordinal', 'desc')
    .limit(limit + 1);
  return (before === undefined ? query : query.where('ordinal', '<', before)).execute();
}
