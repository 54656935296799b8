/** Passwords: kept hashed, counted when wrong, locked when wrong too often. The hashing is the caller's. */
import { sql } from 'kysely';
import type { Instant } from '../domain/time.ts';
import type { Db, Trx } from './database.ts';

/** Wrong passwords before an account is locked for a while, and how long then: longer each time, a day at most. */
const FAILURES = 5;
const LOCK_MINUTES = 15;
const LOCK_AT_MOST_MINUTES = 24 * 60;

export interface Account {
  readonly person: string;
  readonly passwordHash: string;
  readonly lockedUntil: Instant | undefined;
}

export async function accountOf(db: Db, person: string): Promise<Account | undefined> {
  const row = await db.selectFrom('account').selectAll().where('person', '=', person).executeTakeFirst();
  if (row === undefined) return undefined;
  return { person, passwordHash: row.password_hash, lockedUntil: row.locked_until?.getTime() };
}

/** One statement, so that guesses at the same time are all counted. */
export async function countFailure(db: Db, person: string, at: Instant): Promise<void> {
  await sql`update account set failures = failures + 1, locked_until = case when failures + 1 >= ${FAILURES}
      then ${new Date(at)}::timestamptz + make_interval(mins => least(${LOCK_MINUTES} * (2 ^ least(failures + 1 - ${FAILURES}, 10))::integer, ${LOCK_AT_MOST_MINUTES}))
      else locked_until end
    where person = ${person}`.execute(db);
}

export async function forgetFailures(db: Db, person: string): Promise<void> {
  await db
    .updateTable('account')
    .set({ failures: 0, locked_until: null })
    .where('person', '=', person)
    .where((e) => e.or([e('failures', '>', 0), e('locked_until', 'is not', null)]))
    .execute();
}

/** Sets or changes a password; with it every lock goes, and every session of the person but `keep` ends. */
export async function setPassword(
  db: Db | Trx,
  change: { readonly person: string; readonly passwordHash: string; readonly at: Instant; readonly keep?: string },
): Promise<void> {
  const { person, passwordHash, at, keep = '' } = change;
  const changed = { password_hash: passwordHash, changed_at: new Date(at), failures: 0, locked_until: null };
  await db
    .insertInto('account')
    .values({ person, ...changed })
    .onConflict((c) => c.column('person').doUpdateSet(changed))
    .execute();
  await db
    .updateTable('session')
    .set({ ended_at: new Date(at) })
    .where('person', '=', person)
    .where('id', '<>', keep)
    .where('ended_at', 'is', null)
    .execute();
}
