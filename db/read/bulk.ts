/** Jobs that change many open cases, as they are carried out and as they are read. */
import { sql } from 'kysely';
import type { AnyEvent } from '../../domain/case/event.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { Db } from '../database.ts';
import { subjects, withReasons } from '../personal.ts';
import { mySight, type Scope } from './scope.ts';
import type { BulkItemTable, BulkJobTable, DueChange } from '../schema/rules.ts';

export type BulkJob = Pick<
  BulkJobTable,
  'id' | 'kind' | 'status' | 'pack_id' | 'to_version' | 'calendar_id' | 'calendar_version' | 'reason' | 'person' | 'roles' | 'confirmed'
> & { readonly asked_at: Date; readonly finished_at: Date | null };

const columns = [
  'id',
  'kind',
  'status',
  'pack_id',
  'to_version',
  'calendar_id',
  'calendar_version',
  'reason',
  'person',
  'roles',
  'confirmed',
  'asked_at',
  'finished_at',
] as const;

export async function jobById(db: Db, id: string): Promise<BulkJob | undefined> {
  const rows = await db.selectFrom('bulk_job').select(columns).where('id', '=', id).execute();
  return (await withReasons(db, rows, ({ person }) => subjects.person(person)))[0];
}

/** The newest first. */
export async function recentJobs(db: Db, limit: number): Promise<BulkJob[]> {
  const rows = await db.selectFrom('bulk_job').select(columns).orderBy('asked_at', 'desc').orderBy('id').limit(limit).execute();
  return withReasons(db, rows, ({ person }) => subjects.person(person));
}

/** Asked for, and nobody has begun: whoever was going to start them may be dead. */
export async function jobsToStart(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('bulk_job')
    .select('id')
    .where('status', '=', 'asked')
    .where('asked_at', '<', sql<Date>`now() - interval '2 seconds'`)
    .execute();
  return rows.map(({ id }) => id);
}

export interface JobCounts {
  readonly total: number;
  readonly due: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly refused: number;
  /** Cases with a deadline that moves, foreseen or done. */
  readonly moving: number;
}

export async function countsOf(db: Db, job: string): Promise<JobCounts> {
  const { rows } = await sql<Record<string, string>>`
    select count(*) as total, count(*) filter (where status = 'due') as due, count(*) filter (where status = 'changed') as changed,
      count(*) filter (where status = 'unchanged') as unchanged, count(*) filter (where status = 'skipped') as skipped,
      count(*) filter (where status = 'refused') as refused,
      count(*) filter (where jsonb_path_exists(changes, '$[*] ? (@.from != @.to)')) as moving
    from bulk_item where job = ${job}`.execute(db);
  return Object.fromEntries(Object.entries(rows[0] ?? {}).map(([name, n]) => [name, Number(n)])) as unknown as JobCounts;
}

export interface BulkItem {
  readonly case_number: string;
  readonly status: BulkItemTable['status'];
  readonly code: string | null;
  readonly changes: readonly DueChange[];
}

export interface ItemsAsked {
  readonly after?: string;
  readonly limit: number;
  readonly status?: BulkItemTable['status'];
  readonly moving?: boolean;
  /** Only cases that concern the reader; absent: all of them. */
  readonly scope?: Scope | undefined;
}

/** Items in the order of their numbers; `moving`: those with a deadline that moves, or that are or would be refused. */
export async function itemsOf(db: Db, job: string, { after = '', limit, status, moving = false, scope }: ItemsAsked): Promise<BulkItem[]> {
  return db
    .selectFrom('bulk_item')
    .select(['case_number', 'status', 'code', 'changes'])
    .where('job', '=', job)
    .where('case_number', '>', after)
    .$if(scope !== undefined, (q) =>
      q.where(sql<boolean>`exists (select from case_file where case_file.number = bulk_item.case_number and ${mySight(scope!)})`),
    )
    .$if(status !== undefined, (q) => q.where('status', '=', status ?? 'due'))
    .$if(moving, (q) => q.where(sql<boolean>`(code is not null or jsonb_path_exists(changes, '$[*] ? (@.from != @.to)'))`))
    .orderBy('case_number')
    .limit(limit)
    .execute();
}

export type Selection = { readonly pack: string } | { readonly calendar: string };

/** Open cases after a number: of a pack, or those of a calendar that wait for a year to be loaded. */
export async function openCases(db: Db, selection: Selection, after: string, limit: number): Promise<CaseState[]> {
  const rows = await db
    .selectFrom('case_file')
    .select('state')
    .where('status', '=', 'open')
    .where('number', '>', after)
    .where(
      'pack' in selection
        ? sql<boolean>`pack_id = ${selection.pack}`
        : sql<boolean>`state -> 'calendar' ->> 'id' = ${selection.calendar} and exists (select from clock k
            where k.case_number = case_file.number and k.provisional and k.status in ('running', 'breached'))`,
    )
    .orderBy('number')
    .limit(limit)
    .execute();
  return rows.map(({ state }) => state);
}

/** How a message moved the deadlines of its case, from the record. */
export async function changesBy(db: Db, number: string, key: string): Promise<DueChange[]> {
  const rows = await db
    .selectFrom('event')
    .select('body')
    .where('case_number', '=', number)
    .where('key', '=', key)
    .where('kind', '=', 'clock-recomputed')
    .orderBy('seq')
    .execute();
  return rows.map(({ body }) => {
    const { clock, from, to, provisional } = (body as Extract<AnyEvent, { kind: 'clock-recomputed' }>).data;
    return { clock, from, to, provisional };
  });
}
