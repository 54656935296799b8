/** Emergency grants: asked for, granted, reviewed; each once, by different people, which the store holds itself. */
import { sql } from 'kysely';
import type { EmergencyGrant } from '../domain/authority/emergency.ts';
import type { Instant } from '../domain/time.ts';
import { holdAlone } from './authority-held.ts';
import type { Db, Trx } from './database.ts';
import { sealedText, subjects, withReasons, withTexts } from './personal.ts';

export interface EmergencyAsk {
  readonly number: string;
  readonly pack: string;
  readonly task: string;
  readonly step: string;
  readonly role: string;
  readonly person: string;
  readonly askedBy: string;
  readonly reason: string;
  /** Persons who could have decided. */
  readonly eligible: readonly string[];
  readonly until: Instant;
}

export interface EmergencyRow {
  readonly id: string;
  readonly case_number: string;
  readonly pack_id: string;
  readonly task_id: string;
  readonly step: string;
  readonly role: string;
  readonly person: string;
  readonly asked_by: string;
  readonly reason: string;
  readonly eligible: string[];
  readonly ends_at: Date;
  readonly at: Date;
  readonly granted_by: string | null;
  readonly granted_at: Date | null;
  readonly grant_reason: string | null;
  readonly review_due_at: Date | null;
  readonly reviewed_by: string | null;
  readonly reviewed_at: Date | null;
  readonly finding: string | null;
  readonly right_done: boolean | null;
  readonly ended_by: string | null;
  readonly ended_at: Date | null;
  readonly end_reason: string | null;
  /** Seqs of the events that rest on it. */
  readonly used: number[];
}

/** The key was used for something else. */
export class EmergencyKeyReused extends Error {}
/** Somebody else was first. */
export class AlreadyDone extends Error {
  readonly by: string;
  constructor(by: string) {
    super(`done already by ${by}`);
    this.by = by;
  }
}
/** It was taken back, and is given no more. */
export class EmergencyOver extends Error {}
/** Somebody has decided by it, or is about to: there is nothing to take back. */
export class EmergencyUsed extends Error {}
/** One person would have done two acts that are kept apart: the store has refused it. */
export class SamePerson extends Error {}

const rows = sql`select a.*, g.person as granted_by, g.at as granted_at, g.reason as grant_reason, g.review_due_at, r.person as reviewed_by, r.at as reviewed_at,
    r.reason as finding, r.right_done, x.person as ended_by, x.at as ended_at, x.reason as end_reason, coalesce((select jsonb_agg(e.seq order by e.seq) from event e
      where e.case_number = a.case_number and e.body #>> '{actor,emergency}' = a.id::text), '[]') as used
  from emergency_ask a left join emergency_grant g on g.ask = a.id left join emergency_review r on r.ask = a.id left join emergency_end x on x.ask = a.id`;

/** Returns its id; the same key again that of the first. @throws EmergencyKeyReused */
export async function askEmergency(db: Db, ask: EmergencyAsk, key: string, at: Instant): Promise<string> {
  const { number, pack, task, step, role, person, askedBy, reason, eligible, until } = ask;
  const kept = await sealedText(db, subjects.case(number), reason);
  const row = {
    case_number: number,
    pack_id: pack,
    task_id: task,
    step,
    role,
    person,
    asked_by: askedBy,
    reason: kept,
    eligible: [...eligible],
  };
  await db
    .insertInto('emergency_ask')
    .values({ ...row, ends_at: new Date(until), at: new Date(at), key })
    .onConflict((c) => c.column('key').doNothing())
    .execute();
  const first = await db.selectFrom('emergency_ask').selectAll().where('key', '=', key).executeTakeFirstOrThrow();
  const [found = first] = await withReasons(db, [first], ofCase);
  const same = found.case_number === number && found.task_id === task && found.person === person && found.asked_by === askedBy;
  if (!same || found.reason !== reason || found.ends_at.getTime() !== until) throw new EmergencyKeyReused(key);
  return found.id;
}

export interface EmergencyAct {
  readonly ask: string;
  /** Of the case. */
  readonly number: string;
  readonly by: string;
  readonly reason: string;
  readonly at: Instant;
  readonly key: string;
}

/** Of two at once one stands. @throws AlreadyDone, SamePerson, EmergencyKeyReused, EmergencyOver */
export function grantEmergency(db: Db, act: EmergencyAct, reviewDueAt: Instant): Promise<void> {
  return db.transaction().execute(async (trx) => {
    await holdAlone(trx, 'emergency', act.ask);
    if ((await endOf(trx, act.ask)) !== undefined) throw new EmergencyOver(act.ask);
    await once(trx, 'emergency_grant', act, { review_due_at: new Date(reviewDueAt) });
  });
}

/** @throws AlreadyDone, SamePerson, EmergencyKeyReused */
export function reviewEmergency(db: Db, act: EmergencyAct, rightDone: boolean): Promise<void> {
  return once(db, 'emergency_review', act, { right_done: rightDone });
}

/**
 * Nothing is decided by it: of this and a decision that rests on it one stands. Again it changes nothing.
 * @param clock read when nothing can rest on it any more @throws EmergencyKeyReused, EmergencyUsed
 */
export function takeBackEmergency(db: Db, { ask, number, by, reason, key }: Omit<EmergencyAct, 'at'>, clock: () => Instant): Promise<void> {
  return db.transaction().execute(async (trx) => {
    await holdAlone(trx, 'emergency', ask);
    if ((await endOf(trx, ask)) !== undefined) return;
    const used = await trx.selectFrom('emergency_end').select('ask').where('key', '=', key).executeTakeFirst();
    if (used !== undefined) throw new EmergencyKeyReused(key);
    if (await isUsed(trx, ask)) throw new EmergencyUsed(ask);
    await trx
      .insertInto('emergency_end')
      .values({ ask, person: by, reason: await sealedText(trx, subjects.case(number), reason), at: new Date(clock()), key })
      .execute();
  });
}

const endOf = (trx: Trx, ask: string) => trx.selectFrom('emergency_end').select('ask').where('ask', '=', ask).executeTakeFirst();

/** An event rests on it, or a message for its step that brings it waits for the case's verdict. */
async function isUsed(trx: Trx, ask: string): Promise<boolean> {
  const { rows } = await sql`select from emergency_ask a where a.id = ${ask} and (
    exists (select from event e where e.case_number = a.case_number and e.body #>> '{actor,emergency}' = a.id::text)
    or exists (select from inbox i where i.case_number = a.case_number and i.step = a.step and i.outcome is null
      and i.command #> '{actor,emergency}' @> jsonb_build_array(jsonb_build_object('id', a.id::text))))`.execute(trx);
  return rows.length > 0;
}

async function once(db: Db | Trx, table: 'emergency_grant' | 'emergency_review', act: EmergencyAct, more: object): Promise<void> {
  const { ask, number, by, at, key } = act;
  const reason = await sealedText(db, subjects.case(number), act.reason);
  try {
    await db
      .insertInto(table)
      .values({ ask, person: by, reason, at: new Date(at), key, ...more } as never) // each table's own columns come with `more`
      .onConflict((c) => c.doNothing())
      .execute();
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'separation_of_duties') throw new SamePerson(by);
    throw error;
  }
  const stands = await db.selectFrom(table).select(['ask', 'person', 'key']).where('ask', '=', ask).executeTakeFirst();
  if (stands?.key === key && stands.person === by) return;
  const used = await db.selectFrom(table).select('ask').where('key', '=', key).executeTakeFirst();
  if (used !== undefined || stands === undefined) throw new EmergencyKeyReused(key);
  throw new AlreadyDone(stands.person);
}

/** Grants of a case that a person has at an instant: granted, not over and not taken back. */
export async function grantsOf(db: Db, person: string, number: string, at: Instant): Promise<EmergencyGrant[]> {
  const found = await db
    .selectFrom('emergency_ask as a')
    .innerJoin('emergency_grant as g', 'g.ask', 'a.id')
    .select(['a.id', 'a.role', 'a.step', 'a.task_id as task', 'a.asked_by as asked', 'g.person as granted'])
    .where('a.person', '=', person)
    .where('a.case_number', '=', number)
    .where('a.ends_at', '>', new Date(at))
    .where('g.at', '<=', new Date(at))
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('emergency_end as e').select('e.ask').whereRef('e.ask', '=', 'a.id'))))
    .orderBy('a.id', 'desc')
    .execute();
  return found;
}

export async function findEmergency(db: Db, id: string): Promise<EmergencyRow | undefined> {
  const found = await sql<EmergencyRow>`${rows} where a.id = ${id}`.execute(db);
  return (await opened(db, found.rows))[0];
}

/** Those of a case, by id. */
export async function emergenciesOf(db: Db, number: string): Promise<ReadonlyMap<string, EmergencyRow>> {
  const found = await sql<EmergencyRow>`${rows} where a.case_number = ${number}`.execute(db);
  return new Map((await opened(db, found.rows)).map((row) => [row.id, row]));
}

/** Of packs: what waits to be granted, or was granted and waits to be reviewed; the earliest asked for first. At most 500. */
export async function emergenciesWaiting(db: Db, packs: readonly string[], at: Instant): Promise<EmergencyRow[]> {
  if (packs.length === 0) return [];
  const found = await sql<EmergencyRow>`${rows} where a.pack_id = any(${[...packs]}::text[]) and r.ask is null
    and (g.ask is not null or (x.ask is null and a.ends_at > ${new Date(at)})) order by a.id limit 500`.execute(db);
  return opened(db, found.rows);
}

/** Of packs, or of a person who asked or decides: what waits for its review or its grant first. At most 500. */
export async function emergenciesIn(db: Db, packs: readonly string[], person: string): Promise<EmergencyRow[]> {
  const found =
    await sql<EmergencyRow>`${rows} where a.pack_id = any(${[...packs]}::text[]) or a.person = ${person} or a.asked_by = ${person}
    order by (r.ask is null) desc, g.review_due_at, a.id limit 500`.execute(db);
  return opened(db, found.rows);
}

const ofCase = ({ case_number: number }: { readonly case_number: string }): string => subjects.case(number);

const opened = (db: Db, found: readonly EmergencyRow[]): Promise<EmergencyRow[]> =>
  withTexts(db, found, ['reason', 'grant_reason', 'finding', 'end_reason'], ofCase);
