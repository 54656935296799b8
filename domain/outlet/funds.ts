/** The funds of an outlet: by the general manager's decision and the manager's fund report (4.1.1c). Amounts in fen. */
import { refuse, type Refusal } from '../errors.ts';
import type { Fen } from '../money.ts';

/** The report stays within the demand that was approved. */
export function checkFundReport(reported: Fen, approved: Fen): Refusal | undefined {
  return reported <= approved ? undefined : refuse('funds-beyond-decision', 'amount');
}

/** The office supplies what the report says, no more and no less. */
export function checkFunds(supplied: Fen, reported: Fen): Refusal | undefined {
  return supplied === reported ? undefined : refuse('bad-amount', 'amount');
}
