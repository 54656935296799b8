/** Links by which a customer follows one case: kept by hash, ended, locked by wrong tails, counted when read. */
import { sql } from 'kysely';
import type { Instant } from '../domain/time.ts';
import type { Db, Trx } from './database.ts';
import { opener, SubjectErased, subjects } from './personal.ts';

/** Wrong tails in a row that lock a link, for how long, and how many in all end it: of ten thousand tails few can be tried. */
const FAILURES = 5;
const LOCK_MINUTES = 60;
const FAILURES_IN_ALL = 20;

/** Days a link lasts unless it is said otherwise. */
export const TRACKING_DAYS = 90;

export interface NewLink {
  readonly hash: string;
  readonly id: string;
  readonly caseNumber: string;
  readonly tailHash: string;
  readonly by: string;
  readonly at: Instant;
  readonly endsAt: Instant;
  /** Of the request that asks for it: a link that the same key made before ends. */
  readonly key?: string;
}

export interface TrackingLink {
  readonly id: string;
  readonly case_number: string;
  readonly made_by: string;
  readonly made_at: Date;
  readonly ends_at: Date;
  readonly ended_at: Date | null;
  readonly ended_by: string | null;
  readonly locked_until: Date | null;
  readonly reads: number;
  readonly read_at: Date | null;
}

const shown = ['id', 'case_number', 'made_by', 'made_at', 'ends_at', 'ended_at', 'ended_by', 'locked_until', 'reads', 'read_at'] as const;

/** @throws SubjectErased: nobody follows a case whose customer is forgotten */
export function addLink(db: Db, link: NewLink): Promise<void> {
  const { hash, id, caseNumber, tailHash, by, at, endsAt, key } = link;
  return db.transaction().execute(async (trx) => {
    const subject = subjects.case(caseNumber);
    if ((await opener(trx, [subject])).erased(subject)) throw new SubjectErased(subject);
    if (key !== undefined) await endLinks(trx, key, by, at);
    const made = { hash, id, case_number: caseNumber, tail_hash: tailHash, made_by: by, made_at: new Date(at), ends_at: new Date(endsAt) };
    await trx
      .insertInto('tracking_link')
      .values({ ...made, ...(key === undefined ? {} : { key }) })
      .execute();
  });
}

async function endLinks(trx: Trx, key: string, by: string, at: Instant): Promise<void> {
  await trx
    .updateTable('tracking_link')
    .set({ ended_at: new Date(at), ended_by: by })
    .where('key', '=', key)
    .where('ended_at', 'is', null)
    .execute();
}

export interface Tried {
  readonly id: string;
  readonly caseNumber: string;
  readonly right: boolean;
  /** This wrong tail has just locked or ended the link. */
  readonly closed: boolean;
}

/**
 * One try at a link: a right tail clears the count, a wrong one raises it, in one statement, so that tries at the same time are all
 * counted. Undefined: there is no such link, or it has ended, run out or is locked; then nothing is counted.
 */
export async function tryLink(db: Db, hash: string, tailHash: string, at: Instant): Promise<Tried | undefined> {
  const now = sql`${new Date(at)}::timestamptz`;
  const right = sql`tail_hash = ${tailHash}`;
  const { rows } = await sql<{ id: string; case_number: string; right: boolean; closed: boolean }>`
    update tracking_link set
      failures = case when ${right} then 0 when failures + 1 >= ${FAILURES} then 0 else failures + 1 end,
      failures_in_all = failures_in_all + case when ${right} then 0 else 1 end,
      locked_until = case when ${right} then null when failures + 1 >= ${FAILURES} then ${now} + make_interval(mins => ${LOCK_MINUTES}) end,
      ended_at = case when not (${right}) and failures_in_all + 1 >= ${FAILURES_IN_ALL} then ${now} end,
      reads = reads + case when ${right} then 1 else 0 end,
      read_at = case when ${right} then ${now} else read_at end
    where hash = ${hash} and ended_at is null and ends_at > ${now} and (locked_until is null or locked_until <= ${now})
    returning id, case_number, (${right}) as right, (locked_until is not null or ended_at is not null) as closed`.execute(db);
  const [row] = rows;
  return row === undefined ? undefined : { id: row.id, caseNumber: row.case_number, right: row.right, closed: row.closed };
}

/** Newest first; a case has a few at most. */
export function linksOf(db: Db, caseNumber: string): Promise<TrackingLink[]> {
  return db
    .selectFrom('tracking_link')
    .select(shown)
    .where('case_number', '=', caseNumber)
    .orderBy('made_at', 'desc')
    .orderBy('id')
    .limit(100)
    .execute();
}

/** Ends a link of the case. False: there is none of that id. Ending again changes nothing. */
export async function endLink(db: Db, caseNumber: string, id: string, by: string, at: Instant): Promise<boolean> {
  await db
    .updateTable('tracking_link')
    .set({ ended_at: new Date(at), ended_by: by })
    .where('case_number', '=', caseNumber)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute();
  const row = await db
    .selectFrom('tracking_link')
    .select('id')
    .where('case_number', '=', caseNumber)
    .where('id', '=', id)
    .executeTakeFirst();
  return row !== undefined;
}
