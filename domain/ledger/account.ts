/** Accounts of the ledger: what they are called and how far down they may go. */
import type { Fen } from '../money.ts';

export const ACCOUNT_KINDS = ['fund', 'retention', 'settlement', 'outlet'] as const;
/** `fund`: a working fund; `retention`: what is held back from a builder for a building; `settlement`: what repairs have cost; `outlet`: an outlet's funds. */
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

/** Names of accounts. Parts of a retention's name hold no colon. */
export const accounts = {
  /** What the property company has been paid; always at or below zero. */
  repairCost: 'repair-cost',
  retention: (builder: string, building: string): string => `retention:${builder}:${building}`,
  fund: (fund: string): string => `fund:${fund}`,
  outlet: (outlet: string): string => `outlet:${outlet}`,
};

/** Least balance of an account of this kind; undefined: none, since it adds up what was spent. */
export function floorOf(kind: AccountKind): Fen | undefined {
  return kind === 'settlement' ? undefined : 0;
}
