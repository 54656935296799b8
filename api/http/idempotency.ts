/** The key by which a request is known for ever: the same key again gets the first outcome. */
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem.ts';

/** 1 to 200 visible ASCII characters; without a blank, which the product's own keys have (`desk/own-key.ts`). */
const KEY = /^[\x21-\x7e]{1,200}$/;

/** @throws Problem key-missing */
export function keyOf(request: FastifyRequest): string {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !KEY.test(key)) throw new Problem('key-missing');
  return key;
}

/** RFC 7240: the sender does not wait for the verdict. */
export function prefersAsync(request: FastifyRequest): boolean {
  return String(request.headers['prefer'] ?? '')
    .split(',')
    .some((p) => p.trim().toLowerCase() === 'respond-async');
}
