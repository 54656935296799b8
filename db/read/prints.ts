/** What prints rest on beside the record: names of persons, work orders, cases of a customer, and what has been issued. */
import { sql } from 'kysely';
import { opener, subjects } from '../personal.ts';
import type { Db, Trx } from '../database.ts';
import { mySight, type Scope } from './scope.ts';

/** Printed names by id; whoever is not known has none. */
export async function namesOf(db: Db, persons: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (persons.length === 0) return new Map();
  const rows = await db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(persons)])
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export interface WorkOrderRow {
  readonly number: string;
  readonly order_class: 'A' | 'B';
  readonly trades: string;
  /** Fen. */
  readonly amount: string;
  readonly due_at: Date;
}

/** Work orders of a case, in the order of issue. */
export function workOrdersOf(db: Db, number: string): Promise<WorkOrderRow[]> {
  return db
    .selectFrom('work_order')
    .select(['number', 'order_class', 'trades', 'amount', 'due_at'])
    .where('case_number', '=', number)
    .orderBy(sql`length(number)`)
    .orderBy('number')
    .execute();
}

/** What a settlement of a case has posted, in fen, by its ordinal; undefined = nothing yet. */
export async function postedOf(db: Db, number: string, ordinal: number): Promise<Readonly<Record<string, unknown>> | undefined> {
  const row = await db
    .selectFrom('effect_receipt')
    .select('result')
    .where('case_number', '=', number)
    .where('effect', '=', 'postSettlement')
    .where('ordinal', '=', ordinal)
    .executeTakeFirst();
  return row?.result;
}

/** Numbers of the cases that name a customer and concern the reader, newest first; `limit` of them. */
export async function casesOfCustomer(db: Db, scope: Scope, customer: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('case_file')
    .select('number')
    .where(sql<boolean>`${customerOfCase} = ${customer}`)
    .where(mySight(scope, sql`paper_labels(case_file.number)`))
    .orderBy('opened_at', 'desc')
    .orderBy('number', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ number }) => number);
}

/** As the index `case_file_customer` has it. */
const customerOfCase = sql`coalesce(state #>> '{answers,open,customerFile}', state #>> '{answers,open,customerId}', state #>> '{answers,serviceRecord,customerFile}')`;

export interface IssuedRow {
  readonly print: string;
  readonly ordinal: number;
  /** The print rests on the record up to this event. */
  readonly seq: number;
  /** SHA-256 of the bytes, hex. */
  readonly hash: string;
  readonly issued_at: Date;
}

/** What has been issued of a case, oldest first. */
export function issuedOf(db: Db, number: string): Promise<IssuedRow[]> {
  return db
    .selectFrom('issued_print')
    .select(['print', 'ordinal', 'seq', 'hash', 'issued_at'])
    .where('case_number', '=', number)
    .orderBy('seq')
    .orderBy('print')
    .execute();
}

/** The bytes that were issued, as they were; undefined as well when their case was erased. */
export async function issuedPrint(
  db: Db | Trx,
  number: string,
  print: string,
  ordinal: number,
): Promise<{ bytes: Buffer; hash: string; missing: readonly string[] } | undefined> {
  const row = await db
    .selectFrom('issued_print')
    .select(['bytes', 'hash', 'missing'])
    .where('case_number', '=', number)
    .where('print', '=', print)
    .where('ordinal', '=', ordinal)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const subject = subjects.case(number);
  const bytes = (await opener(db, [subject])).bytes(subject, row.bytes);
  return bytes === undefined ? undefined : { ...row, bytes };
}

/** Whether an import told of the case's past. */
export async function isTold(db: Db, number: string): Promise<boolean> {
  const row = await db
    .selectFrom('event')
    .select('seq')
    .where('case_number', '=', number)
    .where(sql<boolean>`body @> '{"past": true}'`)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
