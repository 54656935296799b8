/** The repair itself: completion, and the one relief a clock knows (3.4.5, 3.4.6, 3.5.3). */
import { refuse, type Refusal } from '../errors.ts';
import type { RoleId } from '../pack.ts';
import { formatInstant, type Instant } from '../time.ts';

/**
 * Accepted by the service department, engineering or the property company, and the team leader (3.4.6), and signed by
 * the customer (3.5.3) [CS19.P11].
 */
export function checkAcceptance(acceptedBy: readonly RoleId[], customerSigned: boolean): Refusal | undefined {
  const accepted = (role: RoleId): boolean => acceptedBy.includes(role);
  if (!accepted('customerService')) return refuse('acceptance-incomplete', 'customerService');
  if (!accepted('engineering') && !accepted('property')) return refuse('acceptance-incomplete', 'engineering | property');
  if (!accepted('teamLeader')) return refuse('acceptance-incomplete', 'teamLeader');
  return customerSigned ? undefined : refuse('acceptance-incomplete', 'customer');
}

export interface ExtensionRequest {
  readonly until: Instant;
  readonly complex: boolean;
  readonly consentAt?: Instant;
  readonly evidence: boolean;
}

/**
 * Only a particularly complex repair, only with the customer's recorded consent, once per stage [CS19.D6]. The new end lies after
 * the limit and after the consent to it.
 */
export function checkExtension(
  request: ExtensionRequest,
  requestedAt: Instant,
  clock: { dueAt: Instant; extended: boolean; startAt?: Instant },
): Refusal | undefined {
  if (clock.extended) return refuse('already-extended');
  if (!request.complex) return refuse('not-complex');
  if (request.consentAt === undefined) return refuse('consent-missing');
  if (!request.evidence) return refuse('evidence-missing', 'evidence');
  if (request.consentAt > requestedAt) return refuse('occurred-in-future', 'consentAt');
  const { startAt } = clock;
  if (startAt !== undefined && request.consentAt < startAt) return refuse('occurred-out-of-order', `consentAt < ${formatInstant(startAt)}`);
  const after = Math.max(clock.dueAt, startAt === undefined ? clock.dueAt : request.consentAt);
  return request.until > after ? undefined : refuse('bad-facts', 'until');
}
