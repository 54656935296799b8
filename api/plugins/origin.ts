/**
 * Requests that a browser sends along with its cookie must come from our own pages (OWASP ASVS 5.0, 3.5): the Origin is ours, or
 * the browser itself says `same-origin`. Programs with a token have no cookie and are not asked.
 */
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem.ts';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** @throws Problem foreign-origin */
export function checkOrigin(request: FastifyRequest, publicUrl: string): void {
  if (READS.has(request.method)) return;
  const { origin } = request.headers;
  const ours = origin === undefined ? request.headers['sec-fetch-site'] === 'same-origin' : origin === new URL(publicUrl).origin;
  if (!ours) throw new Problem('foreign-origin');
}
