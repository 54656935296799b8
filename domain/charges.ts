/** Charges that were stated in advance, and what is paid or given instead (GB/T 27922, lines 9, 20, 21). Money is fen. */
import { refuse, type Refusal } from './errors.ts';
import type { Fen } from './money.ts';

/** [GB.P9] No more is charged than the customer accepted beforehand; undefined = nothing was quoted, so nothing is charged. */
export function checkCharge(charge: Fen | undefined, accepted: Fen | undefined): Refusal | undefined {
  return charge === undefined || (accepted !== undefined && charge <= accepted) ? undefined : refuse('quote-not-accepted', 'charge');
}

export interface Return {
  readonly fault: 'company' | 'other';
  readonly fee?: Fen;
  readonly feeAccepted?: boolean;
}

/** [GB.P20] A fee is taken only where the company is not at fault, and only when it was stated in advance and accepted. */
export function checkReturn({ fault, fee, feeAccepted }: Return): Refusal | undefined {
  if (fee === undefined) return undefined;
  if (fault === 'company') return refuse('bad-facts', 'fee');
  return feeAccepted ? undefined : refuse('quote-not-accepted', 'fee');
}

/** [GB.P21] Compensation keeps within the claim that was approved; a recall needs none. */
export function checkRemedy(
  { measure, amount }: { readonly measure: 'recall' | 'compensation'; readonly amount?: Fen },
  approved: Fen | undefined,
): Refusal | undefined {
  if (measure === 'recall') return undefined;
  if (amount === undefined) return refuse('bad-facts', 'amount');
  return approved !== undefined && amount <= approved ? undefined : refuse('not-approved', 'amount');
}
