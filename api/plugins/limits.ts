/** Bounds on how much one caller, or all together, may ask of this process. */
import rateLimit from '@fastify/rate-limit';
import underPressure from '@fastify/under-pressure';
import fp from 'fastify-plugin';
import type { Db } from '../../db/database.ts';
import { addressOf } from '../http/caller-address.ts';
import { Problem } from '../problems/problem.ts';
import { sharedCounts } from './shared-counts.ts';

const PER_MINUTE = 6_000;
/** As much as one person may ask, so many may ask from one address: an office behind one. */
const BEHIND_ONE_ADDRESS = 5;
/** The event loop this far behind means that answers come too late to be of use; requests are turned away instead. */
const MAX_EVENT_LOOP_DELAY_MS = 3_000;

interface Limits {
  readonly db: Db;
  readonly requestsPerMinute?: number | undefined;
  readonly maxEventLoopDelayMs?: number | undefined;
}

export const limits = fp<Limits>(async (app, { db, requestsPerMinute = PER_MINUTE, maxEventLoopDelayMs = MAX_EVENT_LOOP_DELAY_MS }) => {
  await app.register(rateLimit, {
    store: sharedCounts(db, (error) => app.log.warn({ err: error }, 'requests are not counted with the other processes')),
    max: requestsPerMinute,
    timeWindow: '1 minute',
    hook: 'preParsing', // after sign-in: counted by person, not by address
    keyGenerator: (request) => request.identity?.person ?? addressOf(request),
    allowList: (request) => request.url.startsWith('/health/'),
  });
  // Before anybody is signed in, and also of what nobody answers: an unknown token costs a look into the store.
  const byAddress = app.createRateLimit({ max: requestsPerMinute * BEHIND_ONE_ADDRESS, timeWindow: '1 minute', keyGenerator: addressOf });
  app.addHook('onRequest', async (request) => {
    const counted = await byAddress(request);
    if (!counted.isAllowed && counted.isExceeded)
      throw new Problem('too-many-requests', { headers: { 'Retry-After': String(counted.ttlInSeconds) } });
  });
  await app.register(underPressure, {
    maxEventLoopDelay: maxEventLoopDelayMs,
    pressureHandler: (request) => {
      if (!request.url.startsWith('/health/')) throw new Problem('overloaded', { headers: { 'Retry-After': '5' } });
    },
  });
});
