/** Signs requests in, by token or by session, and holds them to the access table, before a body is read. */
import cookie from '@fastify/cookie';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Db } from '../../db/database.ts';
import { identityOf, tokenHolder, type Identity } from '../../db/read/identity.ts';
import type { SignedIn } from '../../db/signing.ts';
import { liveSession, type Session } from '../../db/sessions.ts';
import type { Instant } from '../../domain/time.ts';
import type { Caller } from '../access/rule.ts';
import { faultOfRoute, isAdministrator, ruleOf } from '../access.ts';
import { Problem } from '../problems/problem.ts';
import { browserCookie, sessionCookie, type SessionCookie } from '../sign-in/cookie.ts';
import { loadSecrecy } from '../../packs/secrecy/load.ts';
import { hashSecret } from '../sign-in/secret.ts';
import { checkOrigin } from './origin.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every route that is not public. */
    identity: Identity | undefined;
    /** Set when a browser's session has signed the request in. */
    session: Session | undefined;
  }
  interface FastifyInstance {
    readonly sessionCookie: SessionCookie;
    readonly browserCookie: SessionCookie;
  }
}

/** As it ships: read once. */
export const SECRECY = loadSecrecy();

interface Signed {
  readonly identity: Identity;
  readonly session?: Session;
  readonly scopes?: readonly string[];
}

export const auth = fp<{ db: Db; publicUrl: string; clock?: () => Instant }>(async (app, { db, publicUrl, clock = Date.now }) => {
  await app.register(cookie);
  app.decorateRequest('identity', undefined);
  app.decorateRequest('session', undefined);
  const ours = sessionCookie(publicUrl);
  app.decorate('sessionCookie', ours);
  app.decorate('browserCookie', browserCookie(publicUrl));
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) {
      const fault = faultOfRoute(one, url);
      if (fault !== undefined) throw new Error(fault);
    }
  });
  app.addHook('onRequest', async (request) => {
    if (request.is404) return;
    const access = ruleOf(request.method, request.routeOptions.url ?? '')?.[0];
    if (access === 'public') return;
    if (access === 'loopback') {
      if (isFromHere(request)) return;
      throw new Problem('not-allowed');
    }
    const signed = await signIn(db, request, ours, clock());
    if (signed === undefined) throw new Problem('not-signed-in');
    if (signed.session !== undefined) checkOrigin(request, publicUrl);
    request.identity = signed.identity;
    request.session = signed.session;
    checkScope(request, access, signed);
    if (access === 'administrator' && !isAdministrator(signed.identity.packs)) {
      throw new Problem('not-allowed', { zh: '须由系统管理员办理。', en: 'Only an administrator may do this.' });
    }
  });
});

/** Whom a request's token or session belongs to, just now. */
export async function signIn(
  db: Db,
  request: FastifyRequest,
  ours: SessionCookie,
  at: Instant,
  by: 'person' | 'machine' = 'person',
): Promise<Signed | undefined> {
  const signed = (await byToken(db, request, at)) ?? (await bySession(db, request, ours, at, by));
  return signed && { ...signed, identity: { ...signed.identity, secrecy: SECRECY } };
}

const BEARER = /^Bearer ([A-Za-z0-9_-]{20,200})$/;

/** Tokens are compared by hash: nothing to time, nothing to steal from the table. */
async function byToken(db: Db, request: FastifyRequest, at: Instant): Promise<Signed | undefined> {
  const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
  return token === undefined ? undefined : tokenHolder(db, hashSecret(token), at);
}

/** A request with an Authorization header of its own is not signed in by a cookie that came along. */
async function bySession(
  db: Db,
  request: FastifyRequest,
  ours: SessionCookie,
  at: Instant,
  by: 'person' | 'machine',
): Promise<Signed | undefined> {
  const secret = request.headers.authorization === undefined ? ours.read(request) : undefined;
  const session = secret === undefined ? undefined : await liveSession(db, hashSecret(secret), at, by);
  if (session === undefined) return undefined;
  const identity = await identityOf(db, session.person, at);
  return identity === undefined ? undefined : { identity, session };
}

/** A token does what it was made for. */
function checkScope({ method }: FastifyRequest, access: Caller | undefined, { scopes }: Signed): void {
  if (scopes === undefined) return;
  const wanted = access === 'administrator' ? 'administer' : method === 'GET' || method === 'HEAD' ? 'read' : 'act';
  if (!scopes.includes(wanted)) {
    throw new Problem('not-allowed', { zh: `此令牌没有“${wanted}”权限。`, en: `This token does not have the scope "${wanted}".` });
  }
}

/** The signed-in person. @throws Problem on a public route */
export function me(request: FastifyRequest): Identity {
  if (request.identity === undefined) throw new Problem('not-signed-in');
  return request.identity;
}

/** How the signed-in person has shown to be there, a session says when, a token cannot; and by which request. */
export function signedInOf({ session, id: request }: FastifyRequest): SignedIn {
  return session === undefined ? { how: 'token', request } : { how: session.how, freshAt: session.freshAt, request };
}

/** Both ends are this machine, and nobody stands between: a proxy on it comes from here, and whom it brings does not. */
function isFromHere({ headers, socket, ip }: FastifyRequest): boolean {
  return FORWARDED.every((name) => headers[name] === undefined) && isLoopback(ip) && isLoopback(socket.remoteAddress ?? '');
}

const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];

function isLoopback(ip: string): boolean {
  return ip === '::1' || /^(::ffff:)?127\./.test(ip);
}
