/** The job that a request makes: of the same person by the same key always the same one. */
import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { me } from '../plugins/auth.ts';
import { keyOf } from './idempotency.ts';

/** @throws Problem key-missing */
export function jobOf(request: FastifyRequest): string {
  return createHash('sha256')
    .update(`${me(request).person} ${keyOf(request)}`, 'utf8')
    .digest('hex')
    .slice(0, 32);
}
