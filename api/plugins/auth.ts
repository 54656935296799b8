/** Signs requests in and holds them to the access table, before a body is read. */
import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Db } from '../../db/database.ts';
import { identityOf, type Identity } from '../../db/read/identity.ts';
import type { Instant } from '../../domain/time.ts';
import { accessOf, isAdministrator } from '../access.ts';
import { Problem } from '../problems/problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every route that is not public. */
    identity: Identity | undefined;
  }
}

export const auth = fp<{ db: Db; clock?: () => Instant }>((app, { db, clock = Date.now }, done) => {
  app.decorateRequest('identity', undefined);
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) {
      if (accessOf(one, url) === undefined) throw new Error(`${one} ${url} is not in api/access.ts`);
    }
  });
  app.addHook('onRequest', async (request) => {
    if (request.is404) return;
    const access = accessOf(request.method, request.routeOptions.url ?? '');
    if (access === 'public') return;
    if (access === 'loopback') {
      if (isLoopback(request.ip)) return;
      throw new Problem('not-allowed');
    }
    request.identity = await signIn(db, request, clock());
    if (request.identity === undefined) throw new Problem('not-signed-in');
    if (access === 'administrator' && !isAdministrator(request.identity.packs)) {
      throw new Problem('not-allowed', { zh: '须由系统管理员办理。', en: 'Only an administrator may do this.' });
    }
  });
  done();
});

const BEARER = /^Bearer ([A-Za-z0-9_-]{20,200})$/;

/** Whom the request's token belongs to. Tokens are compared by hash: nothing to time, nothing to steal from the table. */
export async function signIn(db: Db, request: FastifyRequest, at: Instant): Promise<Identity | undefined> {
  const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
  return token === undefined ? undefined : identityOf(db, hashToken(token), at);
}

/** What is stored of a token: SHA-256, hex. Its 256 random bits need no salt. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}

/** The signed-in person. @throws Problem on a public route */
export function me(request: FastifyRequest): Identity {
  if (request.identity === undefined) throw new Problem('not-signed-in');
  return request.identity;
}

function isLoopback(ip: string): boolean {
  return ip === '::1' || /^(::ffff:)?127\./.test(ip);
}
