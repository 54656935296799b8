/** Class of the complaint: raising needs nothing, lowering needs a note (readings 13). */
import { refuse } from '../../domain/errors.ts';
import type { Case } from '../kit/case.ts';

const order = ['ordinary', 'difficult', 'major'];

export function classify(c: Case): void {
  c.offer<{ severity: string }>('severity', ({ facts, actor }) => c.setSeverity(facts.severity, actor, '2.1.2'), {
    inOrder: true,
    guard: ({ facts }) => {
      const lowered = order.indexOf(String(facts['severity'])) < order.indexOf(c.state.severity);
      return lowered && facts['note'] !== true ? refuse('note-missing') : undefined;
    },
  });
}
