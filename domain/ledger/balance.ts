/** A balance is the sum of its entries and is kept nowhere else. Amounts are fen. */
import type { Fen } from '../money.ts';

/** @throws RangeError beyond 2^53 - 1 fen, where sums would stop being exact */
export function balanceOf(amounts: readonly Fen[]): Fen {
  const sum = amounts.reduce((total, amount) => total + BigInt(amount), 0n);
  if (sum > BigInt(Number.MAX_SAFE_INTEGER) || sum < BigInt(Number.MIN_SAFE_INTEGER)) throw new RangeError(`not a safe sum: ${sum}`);
  return Number(sum);
}

/** What may still be taken: down to the floor, and with no floor nothing, since such an account only adds up. */
export function leftOf(balance: Fen, floor: Fen | undefined): Fen {
  return floor === undefined ? 0 : Math.max(balance - floor, 0);
}

/** Whether an entry would take the account below its floor. */
export function overdraws(balance: Fen, amount: Fen, floor: Fen | undefined): boolean {
  return floor !== undefined && amount < 0 && balance + amount < floor;
}
