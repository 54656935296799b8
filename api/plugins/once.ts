/**
 * One request, one outcome, for routes whose change has no idempotency key of its own (`config: { once: true }`): the same key again gets
 * the first answer, with another body it is refused. What was refused leaves the key unused.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { setTimeout as pause } from 'node:timers/promises';
import { AnswerKeyReused, beginAnswer, dropAnswer, forgetAnswers, keepAnswer, type Answered, type Asked } from '../../db/answers.ts';
import type { Db } from '../../db/database.ts';
import { sha256 } from '../../db/hash.ts';
import { canonicalJson } from '../../domain/canonical.ts';
import { keyOf } from '../http/idempotency.ts';
import { Problem } from '../problems/problem.ts';
import { me } from './auth.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The first answer is kept by the request's key: the change itself knows none. */
    readonly once?: true;
  }
}

/** How long a request waits for another of the same key, and how often it looks. */
const WAITS_MS = 10_000;
const LOOKS_EVERY_MS = 100;
const SWEEP_EVERY_MS = 600_000;

/** After sign-in and the guard: nobody gets an answer, not even one that was theirs, whom the table lets no longer ask. */
export function onlyOnce(app: FastifyInstance, db: Db): void {
  const held = new WeakMap<FastifyRequest, Asked>();
  let sweptAt = Date.now();

  app.addHook('preHandler', async (request, reply) => {
    if (request.routeOptions.config.once !== true) return;
    const asked = { person: me(request).person, key: keyOf(request) };
    const before = await begin(asked, saidIn(request));
    if (before === undefined) held.set(request, asked);
    else return again(reply, before);
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const asked = held.get(request);
    if (asked === undefined) return payload;
    held.delete(request);
    const { statusCode: status } = reply;
    try {
      // What became of it after a fault, or beyond the time for an answer, nobody knows: the key stays taken for a while.
      if (status < 400)
        await keepAnswer(db, asked, { status, body: typeof payload === 'string' ? payload : '', location: locationOf(reply) });
      else if (status < 500) await dropAnswer(db, asked);
    } catch (error) {
      request.log.warn({ err: error }, 'the answer is not kept for the same key');
    }
    sweep(request);
    return payload;
  });

  /** Undefined: it is ours to carry out. @throws Problem key-reused, timeout */
  async function begin(asked: Asked, said: string): Promise<Answered | undefined> {
    for (const until = Date.now() + WAITS_MS; ;) {
      const found = await beginAnswer(db, asked, said).catch((error: unknown) => {
        throw error instanceof AnswerKeyReused ? new Problem('key-reused') : error;
      });
      if (found === 'begun') return undefined;
      if (found !== 'under-way') return found;
      if (Date.now() > until) throw new Problem('timeout', { headers: { 'Retry-After': '10' } });
      await pause(LOOKS_EVERY_MS);
    }
  }

  function sweep(request: FastifyRequest): void {
    if (Date.now() - sweptAt < SWEEP_EVERY_MS) return;
    sweptAt = Date.now();
    forgetAnswers(db).catch((error: unknown) => request.log.warn({ err: error }, 'old answers are not removed'));
  }
}

/** All that makes two requests the same. A file that came as a body is told by its hash. */
function saidIn({ method, routeOptions, params, query, body }: FastifyRequest): string {
  const whole = Buffer.isBuffer(body) ? sha256(body.toString('base64')) : (body ?? null);
  return canonicalJson({ route: `${method} ${routeOptions.url}`, params, query, body: whole });
}

function again(reply: FastifyReply, { status, body, location }: Answered): FastifyReply {
  void reply.code(status).type('application/json; charset=utf-8').serializer(String);
  if (location !== null) void reply.header('Location', location);
  return reply.send(body);
}

const locationOf = (reply: FastifyReply): string | null => {
  const location = reply.getHeader('location');
  return typeof location === 'string' ? location : null;
};
