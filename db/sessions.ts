/** Sessions of people who have signed in. What the cookie holds is known here by its hash only. */
import { randomUUID } from 'node:crypto';
import type { Instant } from '../domain/time.ts';
import type { Db, Trx } from './database.ts';
import { opener, SubjectErased, sealer, subjects } from './personal.ts';

/** Silence that ends a session, and how long it lasts at most (OWASP ASVS 5.0, 7.3). */
export const IDLE_MS = 30 * 60_000;
export const LASTS_MS = 12 * 3_600_000;
/** `seen_at` is written this seldom: reading is no change. */
const SEEN_EVERY_MS = 60_000;

export interface Session {
  readonly id: string;
  readonly person: string;
  readonly how: NewSession['how'];
  readonly freshAt: Instant;
}

export interface NewSession {
  readonly hash: string;
  readonly person: string;
  readonly how: 'password' | 'link' | 'oidc';
  readonly agent: string;
  readonly at: Instant;
  /** When the person proved to be there; default: now. By a one-time link nobody does: whoever has read it can use it. */
  readonly freshAt?: Instant | undefined;
}

export async function startSession(db: Db | Trx, { hash, person, how, agent, at, ...more }: NewSession): Promise<Session> {
  const id = randomUUID();
  const freshAt = how === 'link' ? 0 : (more.freshAt ?? at);
  const now = new Date(at);
  await db
    .insertInto('session')
    .values({
      hash,
      id,
      person,
      how,
      agent: await sealedAgent(db, person, agent),
      started_at: now,
      seen_at: now,
      fresh_at: new Date(freshAt),
      ends_at: new Date(at + LASTS_MS),
    })
    .execute();
  return { id, person, how, freshAt };
}

/** What a browser says of itself tells who uses it; of an erased person nothing is kept. */
async function sealedAgent(db: Db | Trx, person: string, agent: string): Promise<string> {
  try {
    return (await sealer(db, subjects.person(person))).text(agent.slice(0, 200));
  } catch (error) {
    if (error instanceof SubjectErased) return '';
    throw error;
  }
}

/** Undefined when it has ended, by whatever. @param by a machine that looks by itself is no sign of its person: the silence goes on */
export async function liveSession(db: Db, hash: string, at: Instant, by: 'person' | 'machine' = 'person'): Promise<Session | undefined> {
  const row = await db
    .selectFrom('session')
    .select(['id', 'person', 'how', 'fresh_at', 'seen_at'])
    .where('hash', '=', hash)
    .where('ended_at', 'is', null)
    .where('ends_at', '>', new Date(at))
    .where('seen_at', '>', new Date(at - IDLE_MS))
    .executeTakeFirst();
  if (row === undefined) return undefined;
  if (by === 'person' && at - row.seen_at.getTime() > SEEN_EVERY_MS)
    await db
      .updateTable('session')
      .set({ seen_at: new Date(at) })
      .where('hash', '=', hash)
      .execute();
  return { id: row.id, person: row.person, how: row.how, freshAt: row.fresh_at.getTime() };
}

export async function hasSession(db: Db, person: string, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('session')
    .select('id')
    .where('person', '=', person)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** False when the person has no such session that is alive. */
export async function endSession(db: Db | Trx, person: string, id: string, at: Instant): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('session')
    .set({ ended_at: new Date(at) })
    .where('person', '=', person)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** The one of a browser's secret, if it is alive, whosesoever. */
export async function endSessionBy(db: Db | Trx, hash: string, at: Instant): Promise<void> {
  await db
    .updateTable('session')
    .set({ ended_at: new Date(at) })
    .where('hash', '=', hash)
    .where('ended_at', 'is', null)
    .execute();
}

/** All of the person's that the provider vouched for. */
export async function endOidcSessions(db: Db | Trx, person: string, at: Instant): Promise<void> {
  await db
    .updateTable('session')
    .set({ ended_at: new Date(at) })
    .where('person', '=', person)
    .where('how', '=', 'oidc')
    .where('ended_at', 'is', null)
    .execute();
}

/** Newest first; at most a hundred. */
export async function liveSessionsOf(db: Db, person: string, at: Instant) {
  const rows = await db
    .selectFrom('session')
    .select(['id', 'how', 'started_at', 'seen_at', 'ends_at', 'agent'])
    .where('person', '=', person)
    .where('ended_at', 'is', null)
    .where('ends_at', '>', new Date(at))
    .where('seen_at', '>', new Date(at - IDLE_MS))
    .orderBy('started_at', 'desc')
    .limit(100)
    .execute();
  const subject = subjects.person(person);
  const open = await opener(db, [subject]);
  return rows.map((row) => ({ ...row, agent: open.text(subject, row.agent) ?? '' }));
}
