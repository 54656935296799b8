/** Training of the customer, and the mark that a service leaves of it (6.3; FIND.P1). */
import { refuse, type Refusal } from '../../domain/errors.ts';
import type { RoleId } from '../../domain/pack.ts';
import type { Case } from '../kit/case.ts';

/** May be recorded at any time while the case is open. */
export function trainCustomer(c: Case): void {
  c.offer('training', () => c.know({ customerTrained: true }, '6.3'));
}

/** [FIND.P1] A service record without the mark "customer trained" warns whoever verifies the service. */
export function markTraining(c: Case, marked: boolean, verifier: RoleId): void {
  if (marked || c.state.known['customerTrained'] === true) return c.know({ customerTrained: true }, '6.3');
  c.know({ customerTrained: false }, '6.3');
  c.tell(verifier, 'customer-not-trained', '6.3');
}

/** Where the pack makes the warning a refusal, the closing act waits for the training. */
export function trainedOrWarned(c: Case): Refusal | undefined {
  const refused = c.switch('untrainedCustomer') === 'refuse' && c.state.known['customerTrained'] !== true;
  return refused ? refuse('customer-not-trained') : undefined;
}
