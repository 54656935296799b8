/** The customer gets the repair record (GB/T 27922, line 14). */
import type { Case } from '../kit/case.ts';

/** [GB.P14] After a repair the truthful record of it is owed to the customer; the case does not close without. */
export function giveRecord(c: Case): void {
  if (c.rules.steps['recordGiven'] === undefined) return; // the pack has no such branch
  if (!c.owes('recordGiven')) c.owe('recordGiven');
}
