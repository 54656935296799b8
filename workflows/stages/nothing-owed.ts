/** The last step of a case: nothing else is owed. */
import { lackingToClose } from '../../domain/case/closing.ts';
import { openTasks } from '../../domain/case/state.ts';
import { refuse, type Refusal } from '../../domain/errors.ts';
import type { StepId } from '../../domain/pack.ts';
import type { Case } from '../kit/case.ts';

/** Guard of the last step: everything else that is owed, or that the pack requires, lies in the record. */
export function nothingElseOwed(c: Case, last: StepId): Refusal | undefined {
  const owed = openTasks(c.state).flatMap(({ step, optional }) => (optional || step === last ? [] : [step]));
  const missing = new Set([...owed, ...lackingToClose(c.state, c.rules, last)]);
  return missing.size === 0 ? undefined : refuse('closing-incomplete', [...missing].join(', '));
}
