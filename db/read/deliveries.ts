/** What became of notices outside the application. */
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../database.ts';

export interface DeliveryLine {
  readonly id: string;
  readonly channel: string;
  readonly person: string | null;
  readonly status: string;
  readonly attempts: number;
  readonly why: string | null;
  readonly created_at: Date;
  readonly tried_at: Date | null;
  readonly sent_at: Date | null;
  /** Seqs of the events they tell of, with their cases. */
  readonly told: readonly { readonly case: string; readonly seq: number; readonly recipient: string }[];
}

const told = sql<
  DeliveryLine['told']
>`(select coalesce(jsonb_agg(jsonb_build_object('case', o.case_number, 'seq', o.seq, 'recipient', o.recipient) order by o.id), '[]')
  from outbox o where o.id = any(d.notices))`;
const line = sql`d.id, d.channel, d.person, d.status, d.attempts, d.why, d.created_at, d.tried_at, d.sent_at, ${told} as told`;

/** Whether a delivery `d` tells of a case. As SQL. */
export const ofCase = (number: string): RawBuilder<boolean> =>
  sql`d.notices && (select coalesce(array_agg(id), '{}') from outbox where case_number = ${number} and register is null)`;

/** There is something to say of how it went. */
export const HAVE_RESULT = ['sent', 'failed', 'given-up', 'stuck'] as const;

/** Of one case, by id, after `after`; one more than `limit`, if there is one. */
export async function deliveriesOfCase(db: Db, number: string, after: string, limit: number): Promise<DeliveryLine[]> {
  const { rows } = await sql<DeliveryLine>`select ${line} from delivery d
    where d.id > ${after} and ${ofCase(number)} order by d.id limit ${limit + 1}`.execute(db);
  return rows;
}

/** Every delivery of a case of which there is something to say, by when it was. */
export async function resultsOf(db: Db, number: string): Promise<DeliveryLine[]> {
  const { rows } = await sql<DeliveryLine>`select ${line} from delivery d
    where d.status in (${sql.join(HAVE_RESULT)}) and ${ofCase(number)} order by coalesce(d.sent_at, d.tried_at), d.id`.execute(db);
  return rows;
}

/** By id. */
export async function deliveriesByIds(db: Db, ids: readonly number[]): Promise<ReadonlyMap<number, DeliveryLine>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<DeliveryLine>`select ${line} from delivery d where d.id = any(${[...ids]}::bigint[])`.execute(db);
  return new Map(rows.map((row) => [Number(row.id), row]));
}

/** What operators should look at: four attempts take less than two minutes, so nobody tries one that waits longer. */
const troubled = sql<boolean>`(d.status in ('stuck', 'failed', 'given-up')
  or (d.status = 'waiting' and coalesce(d.tried_at, d.created_at) < now() - interval '15 minutes'))`;

/** Those that are not through, by id. */
export async function undelivered(db: Db, after: string, limit: number): Promise<DeliveryLine[]> {
  const { rows } = await sql<DeliveryLine>`select ${line} from delivery d
    where d.id > ${after} and ${troubled} order by d.id limit ${limit + 1}`.execute(db);
  return rows;
}

/** How many are not through, by channel. */
export async function undeliveredByChannel(db: Db): Promise<{ readonly channel: string; readonly count: number }[]> {
  const { rows } = await sql<{ channel: string; count: number }>`select d.channel, count(*)::int as count from delivery d
    where d.status <> 'sent' and ${troubled} group by d.channel order by d.channel`.execute(db);
  return rows;
}
