/** A substitute while a repair is late (GB/T 27922, line 17). */
import { refuse } from '../../domain/errors.ts';
import type { Instant } from '../../domain/time.ts';
import type { Case } from '../kit/case.ts';

/**
 * [GB.P17] Once a repair has passed its limit a substitute may be lent; it is owed back before the case closes.
 * `dueAt`: until when the repair was to be done; undefined: not yet known. Ends with `c.lapse('loaner', …)`.
 */
export function lendSubstitute(c: Case, dueAt: () => Instant | undefined): void {
  if (c.rules.steps['loaner'] === undefined) return; // the pack has no such branch
  c.offer(
    'loaner',
    ({ occurredAt }) => {
      c.know({ loaner: 'lent' });
      c.owe('loanerReturned', { from: occurredAt, done: () => c.know({ loaner: 'returned' }) });
    },
    {
      inOrder: true,
      guard: ({ occurredAt }) => {
        const due = dueAt();
        if (due === undefined || occurredAt <= due) return refuse('limit-not-passed');
        return c.owes('loanerReturned') ? refuse('already-decided', 'loaner') : undefined;
      },
    },
  );
}
