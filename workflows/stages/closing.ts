/** The closing act of a procedure: a form that is complete, and nothing left open that the pack requires. */
import { refuse, type Refusal } from '../../domain/errors.ts';
import type { StepId } from '../../domain/pack.ts';
import type { Case } from '../kit/case.ts';

/** Guard of the closing step: refused while a step that the pack requires has no answer. */
export function closingOf(c: Case, step: StepId): () => Refusal | undefined {
  return () => {
    const lacking = c.lacking(step);
    return lacking.length === 0 ? undefined : refuse('closing-incomplete', lacking.join(', '));
  };
}
