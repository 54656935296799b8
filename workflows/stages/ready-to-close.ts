/** The last gate: what the pack wants done before a case closes. */
import type { StepId } from '../../domain/pack.ts';
import type { Case } from '../kit/case.ts';

/**
 * Waits until nothing of `owed` is open and everything the pack wants before the closing has been answered; `unless` something
 * comes up that sends the case back.
 */
export async function readyToClose(c: Case, owed: readonly StepId[], more: { unless?: () => boolean } = {}): Promise<void> {
  const lacking = c.lacking();
  c.oweAll(lacking);
  await c.allDone([...owed, ...lacking], more);
}
