/** Hard problems go to a research unit or a commissioned institution (GB/T 27922, line 3). */
import type { Case } from '../kit/case.ts';

/** [GB.P3] The case is then "sent for research" until the result is there, and does not close before. */
export function sendForResearch(c: Case): void {
  if (c.rules.steps['sendForResearch'] === undefined) return; // the pack has no such branch
  c.offer<{ to: string }>(
    'sendForResearch',
    ({ facts, occurredAt }) => {
      c.know({ research: 'sent', researchBy: facts.to });
      c.owe('researchResult', { from: occurredAt, done: () => c.know({ research: 'answered' }) });
    },
    { inOrder: true, guard: () => (c.owes('researchResult') ? { code: 'already-decided', detail: 'sendForResearch' } : undefined) },
  );
}
