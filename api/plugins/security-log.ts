/**
 * What the log says of sign-ins and of what was refused (OWASP ASVS 5.0, 16.3): one line an event, `security` naming it, with person as far as known, address,
 * method and route. Never a secret, nor what somebody has typed for a person's id: it may be a password in the wrong field.
 */
import type { FastifyRequest } from 'fastify';
import type { ProblemCode } from '../problems/catalogue.ts';

/** Refusals that may be somebody trying what they may not; what a case refuses stands in the journal. */
const TRIES: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'not-signed-in',
  'sign-in-failed',
  'not-allowed',
  'foreign-origin',
  'fresh-sign-in',
  'own-roles',
  'link-used',
  'oidc-failed',
  'identity-unknown',
  'identity-taken',
  'too-many-requests',
  'overloaded',
  'bad-json',
  'key-reused',
]);

export function logRefusal(request: FastifyRequest, code: ProblemCode): void {
  if (TRIES.has(code)) request.log.warn({ ...about(request), security: code }, 'refused');
}

/** @param more how somebody has signed in, or `shut`: their door was, and nothing was looked at; which account was tried, when there is one */
export function logEvent(
  request: FastifyRequest,
  event: 'signed-in' | 'signed-out' | 'wrong-password' | 'password-set' | 'token-made' | 'token-ended',
  more: { readonly person?: string; readonly how?: string } = {},
): void {
  request.log.info({ ...about(request), ...more, security: event }, 'security');
}

function about(request: FastifyRequest) {
  const { identity, ip, method } = request;
  return { person: identity?.person, address: ip, method, route: request.routeOptions?.url };
}
