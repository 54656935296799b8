/** Whether whoever decides has shown lately enough to be there, for the amount of the very version that the case then decides on. */
import type { Db } from '../db/database.ts';
import type { SignedIn } from '../db/signing.ts';
import { amountDecided, isFreshAt, type Answer } from '../domain/authority/fresh.ts';
import type { Pack } from '../domain/pack.ts';
import type { Instant } from '../domain/time.ts';
import { NotFresh } from './types.ts';

/**
 * By the version of the pack that the case goes by. Of a version that the record does not show yet nobody knows the amount: then, too, it
 * takes a fresh sign-in. Whoever has not signed in (a case, a customer, an import) decides nothing here.
 * @returns why it may not be received
 */
export async function unfresh(
  db: Db,
  { rules }: Pick<Pack, 'rules'>,
  { number, ...answer }: Answer & { readonly number: string },
  signedIn: SignedIn | undefined,
  at: Instant,
): Promise<NotFresh | undefined> {
  const bound = rules.switches['freshSignInAbove'];
  // Only packs that set a bound cost a look at the case.
  if (typeof bound !== 'number' || signedIn === undefined || isFreshAt(signedIn.freshAt, at)) return undefined;
  const file = await db.selectFrom('case_file').select('state').where('number', '=', number).executeTakeFirst();
  const amount = amountDecided(file?.state.tasks ?? {}, answer);
  return amount === undefined || (amount !== 'unknown' && amount <= bound) ? undefined : new NotFresh(amount, bound);
}
