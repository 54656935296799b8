/** Approval by amount: which tier an amount falls in, and who is asked in which order (CS19.T1-T3, X2, X6). */
import type { Fen } from './money.ts';
import type { ChainLink, Tier, TierTable } from './pack.ts';

/**
 * The first row whose bound holds the amount: `upTo` its number too, `below` not. Exactly 1,000 and exactly 10,000 stay in the
 * lower row [CS19.X2]. @throws RangeError when no row does.
 */
export function tierFor(table: TierTable, amount: Fen): Tier {
  const tier = table.rows.find(({ upTo, below }) => (upTo === undefined || amount <= upTo) && (below === undefined || amount < below));
  if (tier === undefined) throw new RangeError(`no tier holds ${amount} fen`);
  return tier;
}

/**
 * The amount a tier is chosen by: all of the case's amounts together, or the one at hand. Summing is a guard against
 * splitting a job to stay under a bound (readings 8).
 */
export function tierAmount(table: TierTable, amount: Fen, earlier: readonly Fen[]): Fen {
  return table.sum === 'case' ? earlier.reduce((sum, one) => sum + one, amount) : amount;
}

/** The step that a link of a chain is answered at: `estimate.review`, `finalAccount.approve`. */
export function linkStep(proposal: string, link: ChainLink): string {
  return `${proposal}.${link.act}`;
}
