/** Who takes part when the cause is sought (4.1.3). */
import { refuse, type Refusal } from '../errors.ts';
import type { RoleId } from '../pack.ts';

/** Every department the form went to took part or is noted as absent [FB.P5c]. */
export function checkAnalysis(asked: readonly RoleId[], participants: readonly RoleId[], absent: readonly RoleId[]): Refusal | undefined {
  const missing = asked.find((department) => !participants.includes(department) && !absent.includes(department));
  return missing === undefined ? undefined : refuse('participant-missing', missing);
}
