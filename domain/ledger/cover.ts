/** What an account can bear of an amount, and what is left over for somebody else. Amounts are fen, at or above zero. */
import type { Fen } from '../money.ts';

export interface Cover {
  readonly covered: Fen;
  readonly short: Fen;
}

/** As far as the account reaches: all of it, a part, or nothing. */
export function cover(amount: Fen, left: Fen): Cover {
  const covered = Math.min(amount, Math.max(left, 0));
  return { covered, short: amount - covered };
}

/** What is taken from a builder's retention for class A, and what it falls short of (3.5.9) [CS19.X16]. */
export function deduction(amount: Fen, retentionLeft: Fen): { deducted: Fen; shortfall: Fen } {
  const { covered, short } = cover(amount, retentionLeft);
  return { deducted: covered, shortfall: short };
}
