/** Jobs that change many open cases: what is written of them. A case's own record is written by its own messages. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import { sealedText, subjects } from './personal.ts';
import type { BulkItemTable, BulkJobTable, DueChange } from './schema/rules.ts';

export type { DueChange } from './schema/rules.ts';
export type BulkStatus = BulkJobTable['status'];
export type ItemStatus = BulkItemTable['status'];

/** In the order of their clocks' names: a state that was stored knows no other. */
export const byClock = (changes: readonly DueChange[]): DueChange[] => changes.toSorted((a, b) => (a.clock < b.clock ? -1 : 1));

export interface NewJob {
  readonly id: string;
  readonly kind: 'calendar' | 'rebase';
  readonly pack?: string;
  readonly toVersion?: string;
  readonly calendar?: { readonly id: string; readonly version: string };
  readonly reason?: string;
  readonly person: string;
  readonly roles: readonly string[];
  /** False: it stops after its preview until somebody confirms it. */
  readonly confirmed: boolean;
  readonly at: number;
}

/** Asked for; the same id again is the same job. */
export async function insertJob(db: Db, job: NewJob): Promise<void> {
  const reason = job.reason === undefined ? null : await sealedText(db, subjects.person(job.person), job.reason);
  await db
    .insertInto('bulk_job')
    .values({
      id: job.id,
      kind: job.kind,
      status: 'asked',
      pack_id: job.pack ?? null,
      to_version: job.toVersion ?? null,
      calendar_id: job.calendar?.id ?? null,
      calendar_version: job.calendar?.version ?? null,
      reason,
      person: job.person,
      roles: [...job.roles],
      confirmed: job.confirmed,
      asked_at: new Date(job.at),
    })
    .onConflict((c) => c.column('id').doNothing())
    .execute();
}

/** Moves a job on, from one of the given states only: a repeated call changes nothing. */
export async function setStatus(db: Db, id: string, from: readonly BulkStatus[], to: BulkStatus): Promise<void> {
  const ends = to === 'done' || to === 'cancelled';
  await db
    .updateTable('bulk_job')
    .set({ status: to, ...(ends ? { finished_at: sql<Date>`now()` } : {}) })
    .where('id', '=', id)
    .where('status', 'in', [...from])
    .execute();
}

/** Before cases are changed. False: it was cancelled, or nobody has confirmed it; then it is cancelled by this. */
export async function goOn(db: Db, id: string): Promise<boolean> {
  const row = await db
    .updateTable('bulk_job')
    .set({ status: sql`case status when 'done' then status else 'running' end` })
    .where('id', '=', id)
    .where('confirmed', '=', true)
    .where('status', '<>', 'cancelled')
    .returning('id')
    .executeTakeFirst();
  if (row !== undefined) return true;
  await db
    .updateTable('bulk_job')
    .set({ status: 'cancelled', finished_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('confirmed', '=', false)
    .where('status', '<>', 'done')
    .execute();
  return false;
}

/** True when the job may go on; false when it was cancelled or never asked for. */
export async function confirmJob(db: Db, id: string): Promise<boolean> {
  const row = await db
    .updateTable('bulk_job')
    .set({ confirmed: true })
    .where('id', '=', id)
    .where('status', '<>', 'cancelled')
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export interface PlannedItem {
  readonly number: string;
  /** Foreseen; a case that would refuse says by which code. */
  readonly code?: string;
  readonly changes: readonly DueChange[];
}

/** Once a case and job, however often a page is planned. */
export async function insertItems(db: Db, job: string, items: readonly PlannedItem[]): Promise<void> {
  if (items.length === 0) return;
  await db
    .insertInto('bulk_item')
    .values(
      items.map(({ number, code, changes }) => ({
        job,
        case_number: number,
        status: 'due' as const,
        code: code ?? null,
        changes: JSON.stringify(changes),
      })),
    )
    .onConflict((c) => c.doNothing())
    .execute();
}

/** What became of one case; the first outcome stays. */
export async function settleItem(
  db: Db,
  job: string,
  number: string,
  { status, code, changes }: { readonly status: ItemStatus; readonly code?: string; readonly changes: readonly DueChange[] },
): Promise<void> {
  await db
    .updateTable('bulk_item')
    .set({ status, code: code ?? null, changes: JSON.stringify(changes), done_at: new Date() })
    .where('job', '=', job)
    .where('case_number', '=', number)
    .where('status', '=', 'due')
    .execute();
}
