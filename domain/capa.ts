/** Corrective and preventive action: owner, due date, evidence, verification, and whether it had an effect (FIND.X1). */
import { refuse, type Refusal } from './errors.ts';
import type { RoleId } from './pack.ts';
import type { Instant } from './time.ts';

/** Whoever owes the action is named, with a date that lies after the naming [FIND.X1]. */
export function checkAssignment({ owner, dueAt }: { owner?: RoleId; dueAt?: Instant }, namedAt: Instant): Refusal | undefined {
  if (owner === undefined) return refuse('bad-facts', 'owner');
  return dueAt === undefined || dueAt <= namedAt ? refuse('bad-facts', 'dueAt') : undefined;
}

/** What was verified as carried out is looked at again on a later date, which the verification names. */
export function checkVerification(
  { carriedOut, effectCheckAt }: { carriedOut: boolean; effectCheckAt?: Instant },
  verifiedAt: Instant,
): Refusal | undefined {
  if (!carriedOut) return undefined;
  return effectCheckAt === undefined || effectCheckAt <= verifiedAt ? refuse('bad-facts', 'effectCheckAt') : undefined;
}
