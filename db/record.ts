/**
 * The one function that writes case state. One transaction: events, hash chain, case row, tasks, clocks, notices,
 * counters, inbox outcome; keyed (case, seq). It writes only what a history already holds, so writing it again is
 * harmless and writing it out of order is refused.
 */
import { sql } from 'kysely';
import { fold } from '../domain/case/reduce.ts';
import type { AnyEvent, Verdict } from '../domain/case/event.ts';
import { emptyCase, type CaseState } from '../domain/case/state.ts';
import type { Db, Trx } from './database.ts';
import { chainHash, GENESIS } from './hash.ts';
import { noticeRows } from './notices.ts';
import { rollupDeltas } from './rollup.ts';
import { caseRow, clockRow, taskRow, touched } from './rows.ts';

export interface Batch {
  readonly number: string;
  readonly events: readonly AnyEvent[];
  readonly outcomes: readonly { readonly key: string; readonly verdict: Verdict }[];
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

/** Records a batch; returns the seq the record now ends at. @throws GapError, RecordConflict, or the database's error. */
export async function record(db: Db, batch: Batch): Promise<number> {
  const attempt = (): Promise<number> => db.transaction().execute((trx) => write(trx, batch));
  try {
    // A case that is not there yet has no row to lock: of two first writers one is told so by a key, and looks again.
    return await attempt().catch((error: unknown) => (isDuplicate(error) ? attempt() : Promise.reject(error as Error)));
  } catch (error) {
    if (error instanceof RecordConflict) await markForOperators(db, batch.number, error.message);
    throw error;
  }
}

const isDuplicate = (error: unknown): boolean => (error as { code?: string }).code === '23505';

export async function markForOperators(db: Db, number: string, why: string): Promise<void> {
  await db.updateTable('case_file').set({ needs_ops: why }).where('number', '=', number).execute();
}

/** Takes a mark away that begins with `why`; one that was set for another reason stays. */
export async function unmarkForOperators(db: Db, number: string, why: string): Promise<void> {
  await db.updateTable('case_file').set({ needs_ops: null }).where('number', '=', number).where(sql<boolean>`starts_with(needs_ops, ${why})`).execute();
}

async function write(trx: Trx, batch: Batch): Promise<number> {
  const head = await trx.selectFrom('case_file').select(['seq', 'head_hash', 'state']).where('number', '=', batch.number).forUpdate().executeTakeFirst();
  const before: CaseState = head?.state ?? emptyCase;
  const fresh = batch.events.filter((e) => e.seq > before.seq);
  const known = batch.events.filter((e) => e.seq <= before.seq);
  if (known.length > 0) await checkKnown(trx, batch.number, known);
  const next = fresh[0]?.seq;
  if (next !== undefined && next !== before.seq + 1) throw new GapError(batch.number, before.seq, next);
  if (fresh.length === 0) {
    await settleInbox(trx, batch);
    return before.seq;
  }
  await append(trx, batch, before, fresh, head?.head_hash ?? GENESIS);
  return before.seq + fresh.length;
}

/** One statement for all that a batch changes: round trips are what a decision costs. */
async function append(trx: Trx, batch: Batch, before: CaseState, fresh: readonly AnyEvent[], previous: string): Promise<void> {
  const after = fold(fresh, before);
  const events = chain(batch.number, fresh, previous);
  const row = { ...caseRow(after), head_hash: events.at(-1)?.hash ?? previous, updated_at: new Date() };
  const changed = touched(before, after);
  const tasks = changed.tasks.map((t) => taskRow(after, t));
  const clocks = changed.clocks.map((k) => clockRow(after, k));
  const notices = fresh.flatMap((e) => noticeRows(batch.number, e));
  const counters = rollupDeltas(after, fresh);
  const outcomes = outcomeRows(batch);

  let q = trx.with('e', (db) => db.insertInto('event').values(events).returning('seq')) as unknown as Trx;
  if (tasks.length > 0) {
    q = q.with('t', (db) =>
      db.insertInto('task').values(tasks).onConflict((c) =>
        c.columns(['case_number', 'task_id']).doUpdateSet((x) => ({
          status: x.ref('excluded.status'), holder: x.ref('excluded.holder'), due_at: x.ref('excluded.due_at'),
          breached: x.ref('excluded.breached'), closed_at: x.ref('excluded.closed_at'),
        })),
      ).returning('task_id'),
    ) as unknown as Trx;
  }
  if (clocks.length > 0) {
    q = q.with('k', (db) =>
      db.insertInto('clock').values(clocks).onConflict((c) =>
        c.columns(['case_number', 'clock_id']).doUpdateSet((x) => ({
          due_at: x.ref('excluded.due_at'), provisional: x.ref('excluded.provisional'), status: x.ref('excluded.status'),
          fired_at: x.ref('excluded.fired_at'), done_at: x.ref('excluded.done_at'), late_by_ms: x.ref('excluded.late_by_ms'),
        })),
      ).returning('clock_id'),
    ) as unknown as Trx;
  }
  if (notices.length > 0) q = q.with('n', (db) => db.insertInto('outbox').values(notices).returning('id')) as unknown as Trx;
  if (counters.length > 0) {
    q = q.with('r', (db) =>
      db.insertInto('rollup').values(counters).onConflict((c) =>
        c.columns(['month', 'pack_id', 'kind']).doUpdateSet((x) => ({
          opened: sql`rollup.opened + ${x.ref('excluded.opened')}`, closed: sql`rollup.closed + ${x.ref('excluded.closed')}`,
          decisions: sql`rollup.decisions + ${x.ref('excluded.decisions')}`, breaches: sql`rollup.breaches + ${x.ref('excluded.breaches')}`,
          escalations: sql`rollup.escalations + ${x.ref('excluded.escalations')}`,
        })),
      ).returning('month'),
    ) as unknown as Trx;
  }
  if (outcomes.length > 0) {
    q = q.with('i', (db) => db.updateTable('inbox').from(outcomeValues(outcomes)).set({ outcome: sql`v.outcome` })
      .whereRef('inbox.key', '=', sql.ref('v.key')).where('inbox.outcome', 'is', null).returning('inbox.key')) as unknown as Trx;
  }
  // Told where its result is asked for: PostgreSQL leaves out a SELECT of a WITH that nobody reads.
  await q.insertInto('case_file').values(row).onConflict((c) => c.column('number').doUpdateSet(row))
    .returning(sql`pg_notify('redress_case', ${batch.number})`.as('told')).execute();
  const missing = await missingDocument(trx, fresh);
  if (missing !== undefined) {
    await trx.updateTable('case_file').set({ needs_ops: `document ${missing} is named by an event and not stored` }).where('number', '=', batch.number).execute();
  }
}

function chain(number: string, events: readonly AnyEvent[], previous: string) {
  let prev = previous;
  return events.map((event) => {
    const prev_hash = prev;
    prev = chainHash(prev_hash, number, event);
    return {
      case_number: number, seq: event.seq, kind: event.kind, occurred_at: new Date(event.occurredAt), recorded_at: new Date(event.recordedAt),
      person: event.actor?.person ?? null, clause: event.clause ?? null, key: event.key ?? null, body: JSON.stringify(event), prev_hash, hash: prev,
    };
  });
}

const outcomeRows = (batch: Batch): { key: string; outcome: string }[] => batch.outcomes.map((o) => ({ key: o.key, outcome: JSON.stringify(o.verdict) }));

function outcomeValues(rows: readonly { key: string; outcome: string }[]) {
  const values = sql.join(rows.map((r) => sql`(${r.key}::text, ${r.outcome}::jsonb)`));
  return sql<{ key: string; outcome: Verdict }>`(values ${values})`.as<'v'>(sql`v(key, outcome)`);
}

/** Writes verdicts that bring no event: a refusal, or a batch that was recorded before. */
export async function settleInbox(db: Db | Trx, batch: Batch): Promise<void> {
  const rows = outcomeRows(batch);
  if (rows.length === 0) return;
  await db.updateTable('inbox').from(outcomeValues(rows)).set({ outcome: sql`v.outcome` })
    .whereRef('inbox.key', '=', sql.ref('v.key')).where('inbox.outcome', 'is', null).execute();
}

/** What is recorded already must be the same, link by link. */
async function checkKnown(trx: Trx, number: string, known: readonly AnyEvent[]): Promise<void> {
  const rows = await trx.selectFrom('event').select(['seq', 'hash', 'prev_hash']).where('case_number', '=', number)
    .where('seq', 'in', known.map((e) => e.seq)).execute();
  const bySeq = new Map(rows.map((r) => [r.seq, r]));
  for (const event of known) {
    const row = bySeq.get(event.seq);
    if (row === undefined || row.hash !== chainHash(row.prev_hash, number, event)) throw new RecordConflict(number, event.seq);
  }
}

/**
 * Every document an event names was received before it could be decided on. One that is missing was named past the desk:
 * the history holds it, so it is recorded, and operators are told.
 */
async function missingDocument(trx: Trx, events: readonly AnyEvent[]): Promise<string | undefined> {
  const hashes = [...new Set(events.flatMap((e) => ('documentHash' in e.data && typeof e.data.documentHash === 'string' ? [e.data.documentHash] : [])))];
  if (hashes.length === 0) return undefined;
  const found = await trx.selectFrom('document').select('hash').where('hash', 'in', hashes).execute();
  return hashes.find((hash) => !found.some((row) => row.hash === hash));
}
