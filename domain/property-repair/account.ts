/** The money after the work: tier of an overrun, auditor by amount, deduction and shortfall (3.5.5-3.5.9). */
import { tierFor } from '../approval.ts';
import type { Fen } from '../money.ts';
import type { PackRules, RoleId, TierTable } from '../pack.ts';

/** True when the final accounts of the case reach a higher tier than was approved: that tier decides first [CS19.X5]. */
export function overrunChangesTier(table: TierTable, accounts: Fen, approved: Fen): boolean {
  const row = (amount: Fen): number => table.rows.indexOf(tierFor(table, amount));
  return row(accounts) > row(approved);
}

/**
 * Who audits a final account: below the bound one role, above it the other [CS19.T4 CS19.T5]; exactly at it whom the pack
 * names [CS19.X3].
 */
export function auditorOf(amount: Fen, rules: PackRules): RoleId {
  const { auditBound, auditBelow, auditFrom, auditBoundGoesTo } = rules.switches;
  if (amount === auditBound) return String(auditBoundGoesTo);
  return String(amount < Number(auditBound) ? auditBelow : auditFrom);
}
