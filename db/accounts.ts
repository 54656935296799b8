/** Passwords, kept hashed; the hashing is the caller's. What is counted when one is wrong: `sign-in-doors.ts`. */
import type { Instant } from '../domain/time.ts';
import type { Db, Trx } from './database.ts';
import { forgetDoors } from './sign-in-doors.ts';
import { endTokensOf } from './tokens.ts';

/** Sets or changes a password; with it every door is open, and every session of the person but `keep` and, unless `keepTokens`, every token ends. */
export async function setPassword(
  db: Db | Trx,
  change: {
    readonly person: string;
    readonly passwordHash: string;
    readonly at: Instant;
    readonly keep?: string;
    readonly keepTokens?: boolean;
  },
): Promise<void> {
  const { person, passwordHash, at, keep = '', keepTokens = false } = change;
  const changed = { password_hash: passwordHash, changed_at: new Date(at), locked_until: null };
  await db
    .insertInto('account')
    .values({ person, ...changed })
    .onConflict((c) => c.column('person').doUpdateSet(changed))
    .execute();
  await forgetDoors(db, person);
  if (!keepTokens) await endTokensOf(db, person, at);
  await db
    .updateTable('session')
    .set({ ended_at: new Date(at) })
    .where('person', '=', person)
    .where('id', '<>', keep)
    .where('ended_at', 'is', null)
    .execute();
}
