/**
 * The one function that writes case state. One transaction: events, hash chain, case row, tasks, clocks, notices,
 * counters, inbox outcome; keyed (case, seq). It writes only what a history already holds, so writing it again is
 * harmless and writing it out of order is refused.
 */
import { sql } from 'kysely';
import type { AnyEvent } from '../domain/case/event.ts';
import { emptyCase } from '../domain/case/state.ts';
import { append, type Head, type Outcome } from './append.ts';
import type { Db, Trx } from './database.ts';
import { chainHash, GENESIS } from './hash.ts';
import { headsOf } from './heads.ts';

export interface Batch {
  readonly number: string;
  readonly events: readonly AnyEvent[];
  readonly outcomes: readonly Outcome[];
  /** Events that broke a duty: recorded as the history holds them, and they count as no act of it. */
  readonly outcast?: ReadonlySet<number>;
}

/** The batch before this one is not there yet: wait for it, or fetch it from the case's history. */
export class GapError extends Error {
  readonly head: number;
  constructor(number: string, head: number, next: number) {
    super(`case ${number}: record ends at ${head}, batch begins at ${next}`);
    this.name = 'GapError';
    this.head = head;
  }
}

/** The same seq was recorded with other content. Nothing is overwritten; the case is marked for operators. */
export class RecordConflict extends Error {
  constructor(number: string, seq: number) {
    super(`case ${number}: event ${seq} is recorded with other content`);
    this.name = 'RecordConflict';
  }
}

/**
 * Records a batch; returns the seq the record now ends at. @throws GapError, RecordConflict, DutyBroken, or the database's error.
 * Usually this process has written the batch before and knows where the record ends: then it appends at once. If
 * somebody else has been there, a duplicate key says so, nothing is written, and it looks and locks first.
 */
export async function record(db: Db, batch: Batch): Promise<number> {
  const heads = headsOf(db);
  try {
    const head = (await appendAtOnce(db, batch, heads.get(batch.number))) ?? (await lookFirst(db, batch));
    heads.set(batch.number, head);
    return head.state.seq;
  } catch (error) {
    heads.forget(batch.number);
    if (error instanceof RecordConflict) await markForOperators(db, batch.number, error.message);
    throw error;
  }
}

async function appendAtOnce(db: Db, { number, events, outcomes, outcast }: Batch, known: Head = nothing): Promise<Head | undefined> {
  if (events[0]?.seq !== known.state.seq + 1) return undefined;
  try {
    return await append(db, number, known, events, outcomes, outcast);
  } catch (error) {
    if (isDuplicate(error)) return undefined;
    throw error;
  }
}

async function lookFirst(db: Db, batch: Batch): Promise<Head> {
  const attempt = (): Promise<Head> => db.transaction().execute((trx) => write(trx, batch));
  // A case that is not there yet has no row to lock: of two first writers one is told so by a key, and looks again.
  return attempt().catch((error: unknown) => (isDuplicate(error) ? attempt() : Promise.reject(error as Error)));
}

const nothing: Head = { state: emptyCase, hash: GENESIS };

const isDuplicate = (error: unknown): boolean => (error as { code?: string }).code === '23505';

export async function markForOperators(db: Db, number: string, why: string): Promise<void> {
  await db.updateTable('case_file').set({ needs_ops: why }).where('number', '=', number).execute();
}

/** Takes a mark away that begins with `why`; one that was set for another reason stays. */
export async function unmarkForOperators(db: Db, number: string, why: string): Promise<void> {
  await db
    .updateTable('case_file')
    .set({ needs_ops: null })
    .where('number', '=', number)
    .where(sql<boolean>`starts_with(needs_ops, ${why})`)
    .execute();
}

async function write(trx: Trx, batch: Batch): Promise<Head> {
  const row = await trx
    .selectFrom('case_file')
    .select(['head_hash', 'state'])
    .where('number', '=', batch.number)
    .forUpdate()
    .executeTakeFirst();
  const head = row === undefined ? nothing : { state: row.state, hash: row.head_hash };
  const { seq } = head.state;
  const fresh = batch.events.filter((e) => e.seq > seq);
  const known = batch.events.filter((e) => e.seq <= seq);
  if (known.length > 0) await checkKnown(trx, batch.number, known);
  const next = fresh[0]?.seq;
  if (next !== undefined && next !== seq + 1) throw new GapError(batch.number, seq, next);
  if (fresh.length > 0) return append(trx, batch.number, head, fresh, batch.outcomes, batch.outcast);
  await settleInbox(trx, batch);
  return head;
}

/** Writes verdicts that bring no event: a refusal, or a batch that was recorded before. The first outcome of a key stays. */
export async function settleInbox(db: Db | Trx, { outcomes }: Batch): Promise<void> {
  if (outcomes.length === 0) return;
  await sql`update inbox set outcome = o.verdict from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) as o(key text, verdict jsonb)
    where inbox.key = o.key and inbox.outcome is null`.execute(db);
}

/** What is recorded already must be the same, link by link. */
async function checkKnown(trx: Trx, number: string, known: readonly AnyEvent[]): Promise<void> {
  const rows = await trx
    .selectFrom('event')
    .select(['seq', 'hash', 'prev_hash'])
    .where('case_number', '=', number)
    .where(
      'seq',
      'in',
      known.map((e) => e.seq),
    )
    .execute();
  const bySeq = new Map(rows.map((r) => [r.seq, r]));
  for (const event of known) {
    const row = bySeq.get(event.seq);
    if (row === undefined || row.hash !== chainHash(row.prev_hash, number, event)) throw new RecordConflict(number, event.seq);
  }
}
