/** What a case allows to be moved on an account by hand: as much as was approved, drawn or decided in it, and no more. */
import type { CaseState } from '../case/state.ts';
import type { Fen } from '../money.ts';
import type { EntryKindId } from './entry.ts';

/** Names of the proposals whose approval is that of a repair's cost (3.6.1). */
const COST = ['estimate'];

/** Sum of the approved estimates of a case. */
export function approvedCost({ proposals }: Pick<CaseState, 'proposals'>): Fen {
  return Object.values(proposals)
    .filter(({ name, outcome }) => COST.includes(name) && outcome === 'approved')
    .reduce((largest, { sum = 0 }) => Math.max(largest, sum), 0);
}

/**
 * Most that an entry of a kind may still move for a case. `moved`: what the case has moved on this account; `drawn`: what it has
 * drawn from all funds, below zero. Undefined: the case sets no bound.
 */
export function boundOf(kind: EntryKindId, state: CaseState, moved: Fen, drawn: Fen): Fen | undefined {
  if (kind === 'draw') return Math.max(approvedCost(state) + drawn, 0);
  if (kind === 'return') return Math.max(-moved, 0);
  if (kind === 'funds') return moved === 0 ? Number(state.answers['funds']?.['amount'] ?? 0) : 0;
  return undefined;
}
