/** Somebody who has left, or whose device was stolen: their sessions end at once, and with the account every other way in. */
import type { Instant } from '../domain/time.ts';
import { inTransaction, type Db, type Trx } from './database.ts';
import { endLinks } from './one-time-links.ts';
import { endTokensOf } from './tokens.ts';

/** A new one-time link opens an account again that was shut for ever. */
const FOR_EVER = new Date('9999-12-31T00:00:00Z');

export interface ShutOut {
  readonly person: string;
  readonly by: string;
  readonly at: Instant;
  /** Password, tokens, unused links and the provider's identities too; else sessions alone. */
  readonly account: boolean;
}

/** How many sessions that were alive have ended. */
export async function shutOut(db: Db | Trx, { person, by, at, account }: ShutOut): Promise<number> {
  const now = new Date(at);
  return inTransaction(db, async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('session')
      .set({ ended_at: now })
      .where('person', '=', person)
      .where('ended_at', 'is', null)
      .executeTakeFirstOrThrow();
    if (!account) return Number(numUpdatedRows);
    await trx.updateTable('account').set({ locked_until: FOR_EVER }).where('person', '=', person).execute();
    await endTokensOf(trx, person, at);
    await endLinks(trx, person, at);
    await trx
      .updateTable('oidc_identity')
      .set({ ended_at: now, ended_by: by })
      .where('person', '=', person)
      .where('ended_at', 'is', null)
      .execute();
    return Number(numUpdatedRows);
  });
}
