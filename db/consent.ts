/** Customers asked by their link to consent to a later time: what was asked, and the answer, which is one of their words. */
import { sql } from 'kysely';
import type { Instant } from '../domain/time.ts';
import type { Db } from './database.ts';
import { ERASED, opener, sealer, subjects } from './personal.ts';

export interface ConsentAsked {
  readonly id: string;
  readonly case_number: string;
  readonly round: number;
  readonly until_at: Date;
  /** Written for the customer. */
  readonly reason: string;
  readonly complex: boolean;
  readonly asked_by: string;
  readonly asked_at: Date;
}

export interface ConsentRow extends ConsentAsked {
  readonly answer: Readonly<Record<string, unknown>> | null;
  readonly answered_at: Date | null;
}

export interface NewConsent {
  readonly id: string;
  readonly caseNumber: string;
  readonly round: number;
  readonly until: Instant;
  readonly reason: string;
  readonly complex: boolean;
  readonly by: string;
  readonly at: Instant;
  readonly key: string;
}

/** The same key again is the same question. Undefined: the key was used for another one. */
export async function askConsent(db: Db, asked: NewConsent): Promise<ConsentAsked | undefined> {
  const { id, caseNumber, round, until, reason, complex, by, at, key } = asked;
  const seal = await sealer(db, subjects.case(caseNumber));
  await db
    .insertInto('consent_request')
    .values({
      id,
      case_number: caseNumber,
      round,
      until_at: new Date(until),
      reason: seal.text(reason),
      complex,
      asked_by: by,
      asked_at: new Date(at),
      key,
    })
    .onConflict((c) => c.column('key').doNothing())
    .execute();
  const { key: _, ...kept } = await db.selectFrom('consent_request').selectAll().where('key', '=', key).executeTakeFirstOrThrow();
  const open = await opener(db, [subjects.case(kept.case_number)]);
  const row = { ...kept, reason: open.text(subjects.case(kept.case_number), kept.reason) ?? ERASED };
  const same = row.case_number === caseNumber && row.until_at.getTime() === until && row.reason === reason && row.complex === complex;
  return same ? row : undefined;
}

/** Newest first; a case has a few at most. */
export async function consentsOf(db: Db, caseNumber: string): Promise<ConsentRow[]> {
  const rows = await db
    .selectFrom('consent_request as r')
    .leftJoin('customer_word as w', (j) => j.on('w.key', '=', sql<string>`'consent:' || r.id`))
    .select([
      'r.id',
      'r.case_number',
      'r.round',
      'until_at',
      'reason',
      'complex',
      'asked_by',
      'asked_at',
      'w.body as answer',
      'w.at as answered_at',
    ])
    .where('r.case_number', '=', caseNumber)
    .orderBy('asked_at', 'desc')
    .orderBy('r.id')
    .limit(100)
    .execute();
  const subject = subjects.case(caseNumber);
  const open = await opener(db, [subject]);
  return rows.map(({ reason, answer, ...row }) => ({
    ...row,
    reason: open.text(subject, reason) ?? ERASED,
    answer: answerIn(typeof answer === 'string' ? (open.value(subject, answer) ?? {}) : answer),
  }));
}

/** The one question that can still be answered: the newest, of this round, unanswered, about a time to come. */
export async function openConsent(db: Db, caseNumber: string, round: number, now: Instant): Promise<ConsentRow | undefined> {
  const [newest] = await consentsOf(db, caseNumber);
  const open = newest !== undefined && newest.answer === null && newest.round === round && newest.until_at.getTime() > now;
  return open ? newest : undefined;
}

const answerIn = (answer: unknown): ConsentRow['answer'] => answer as ConsentRow['answer'];
