/** All that the store holds about one case, read in one snapshot. */
import { sql } from 'kysely';
import { sha256 } from '../db/hash.ts';
import type { Db, Trx } from '../db/database.ts';
import { opener, subjects, type Opener } from '../db/personal.ts';
import type { Verdict } from '../domain/case/event.ts';
import type { CaseState } from '../domain/case/state.ts';
import type { StoredEvent } from './chain.ts';

/** A row of a read model as plain values: instants as ISO texts, bigints as numbers. */
export type PlainRow = Readonly<Record<string, unknown>>;

export interface StoredInbox {
  readonly key: string;
  readonly step: string;
  readonly outcome: Verdict | null;
}

export interface StoredCase {
  readonly number: string;
  readonly file?: {
    readonly seq: number;
    readonly headHash: string;
    readonly status: string;
    readonly state: CaseState;
    readonly needsOps: string | null;
    readonly columns: PlainRow;
  };
  readonly events: readonly StoredEvent[];
  readonly tasks: readonly PlainRow[];
  readonly clocks: readonly PlainRow[];
  readonly notices: readonly PlainRow[];
  readonly inbox: readonly StoredInbox[];
  /** Documents the stored events name: hash → whether the text still has that hash. */
  readonly documents: ReadonlyMap<string, boolean>;
}

export async function readStored(db: Db, number: string): Promise<StoredCase> {
  return inSnapshot(db, (trx) => read(trx, number));
}

/** As the store stood at one instant; inside somebody's transaction, as it stands there. */
export function inSnapshot<T>(db: Db | Trx, read: (trx: Db | Trx) => Promise<T>): Promise<T> {
  if (db.isTransaction) return read(db);
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read);
}

async function read(trx: Db | Trx, number: string): Promise<StoredCase> {
  const file = await trx.selectFrom('case_file').selectAll().where('number', '=', number).executeTakeFirst();
  const events = await readEvents(trx, number);
  const of = (table: 'task' | 'clock') => trx.selectFrom(table).selectAll().where('case_number', '=', number).execute();
  // Below zero: told of what a customer said, which no event of the record gives rise to.
  const told = trx.selectFrom('outbox').selectAll().where('case_number', '=', number).where('seq', '>', 0).execute();
  const [tasks, clocks, notices] = [await of('task'), await of('clock'), await told];
  const inbox = await trx
    .selectFrom('inbox')
    .select(['key', 'step', 'outcome'])
    .where('case_number', '=', number)
    .orderBy('received_at')
    .orderBy('key')
    .execute();
  const named = events.flatMap((e) => documentsOf(e.body));
  const documents = await readDocuments(trx, number, named);
  return {
    number,
    events,
    inbox,
    documents,
    tasks: tasks.map(plain),
    clocks: clocks.map(plain),
    notices: notices.map(plain),
    ...(file === undefined ? {} : { file: toFile(file) }),
  };
}

/** Events ascending by seq. */
export async function readEvents(db: Db | Trx, number: string): Promise<StoredEvent[]> {
  const rows = await db.selectFrom('event').selectAll().where('case_number', '=', number).orderBy('seq').execute();
  return rows.map((r) => ({
    seq: r.seq,
    kind: r.kind,
    occurredAt: r.occurred_at.getTime(),
    recordedAt: r.recorded_at.getTime(),
    person: r.person,
    clause: r.clause,
    key: r.key,
    body: r.body,
    prevHash: r.prev_hash,
    hash: r.hash,
  }));
}

export function documentsOf(event: StoredEvent['body']): string[] {
  return 'documentHash' in event.data && typeof event.data.documentHash === 'string' ? [event.data.documentHash] : [];
}

/** Whether the texts of a case's documents are those that its events name. */
export async function readDocuments(db: Db | Trx, number: string, hashes: readonly string[]): Promise<Map<string, boolean>> {
  if (hashes.length === 0) return new Map();
  const rows = await db
    .selectFrom('document')
    .select(['hash', 'body', 'subject'])
    .where(sql<boolean>`hash = any(${[...hashes]}::text[])`)
    .execute();
  const ours = subjects.case(number);
  const open = await opener(db, [ours]);
  return new Map(rows.map((row) => [row.hash, (row.subject ?? ours) === ours && holds(open, row)]));
}

/** What an erasure made unreadable cannot be held against its hash: it stands where it stood. A key that was merely lost is a fault. */
function holds(open: Opener, { hash, subject, body }: { hash: string; subject: string | null; body: string }): boolean {
  if (open.erased(subject)) return true;
  const text = open.text(subject, body);
  return text !== undefined && sha256(text) === hash;
}

function toFile({
  state,
  needs_ops: needsOps,
  updated_at: _,
  ...columns
}: {
  state: CaseState;
  needs_ops: string | null;
  updated_at: Date;
  [column: string]: unknown;
}) {
  const row = plain(columns);
  return { seq: Number(row['seq']), headHash: String(row['head_hash']), status: String(row['status']), state, needsOps, columns: row };
}

export function plain(row: object): PlainRow {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]));
}
