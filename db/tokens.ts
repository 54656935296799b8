/** Tokens by which programs speak for a person: kept by hash, with scope and end. */
import { randomUUID } from 'node:crypto';
import type { Instant } from '../domain/time.ts';
import type { Db, Trx } from './database.ts';
import { sealedText, subjects, withTexts } from './personal.ts';

/** `read` GETs; `act` whatever changes something; `administer` what an administrator may; `decode` what the engine keeps encrypted. */
export const SCOPES = ['read', 'act', 'administer', 'decode'] as const;
export type Scope = (typeof SCOPES)[number];

export interface NewToken {
  readonly hash: string;
  readonly person: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly endsAt: Instant;
}

export async function makeToken(db: Db, { hash, person, name, scopes, endsAt }: NewToken): Promise<string> {
  const id = randomUUID();
  await db
    .insertInto('api_token')
    .values({ hash, id, person, name: await sealedText(db, subjects.person(person), name), scopes: [...scopes], ends_at: new Date(endsAt) })
    .execute();
  return id;
}

/** Newest first; at most a hundred. */
export async function liveTokensOf(db: Db, person: string, at: Instant) {
  const rows = await db
    .selectFrom('api_token')
    .select(['id', 'name', 'scopes', 'created_at', 'ends_at', 'used_at'])
    .where('person', '=', person)
    .where('ended_at', 'is', null)
    .where((e) => e.or([e('ends_at', 'is', null), e('ends_at', '>', new Date(at))]))
    .orderBy('created_at', 'desc')
    .limit(100)
    .execute();
  return withTexts(db, rows, ['name'], () => subjects.person(person));
}

/** False when the person has no such token that is alive. */
export async function endToken(db: Db, person: string, id: string, at: Instant): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('api_token')
    .set({ ended_at: new Date(at) })
    .where('person', '=', person)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Every one of the person's that is alive. */
export async function endTokensOf(db: Db | Trx, person: string, at: Instant): Promise<void> {
  await db
    .updateTable('api_token')
    .set({ ended_at: new Date(at) })
    .where('person', '=', person)
    .where('ended_at', 'is', null)
    .execute();
}
