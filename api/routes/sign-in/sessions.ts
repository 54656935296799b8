/** Signing in with a password, and the sessions that come of it. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { accountOf, countFailure, forgetFailures } from '../../../db/accounts.ts';
import { endSession, hasSession, LASTS_MS, liveSessionsOf, startSession, type NewSession } from '../../../db/sessions.ts';
import type { Db } from '../../../db/database.ts';
import type { Instant } from '../../../domain/time.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { me } from '../../plugins/auth.ts';
import { checkOrigin } from '../../plugins/origin.ts';
import { logEvent } from '../../plugins/security-log.ts';
import { Problem } from '../../problems/problem.ts';
import { instant } from '../../schemas/common.ts';
import type { SessionCookie } from '../../sign-in/cookie.ts';
import { isFresh } from '../../sign-in/fresh.ts';
import { isPassword } from '../../sign-in/password.ts';
import { hashSecret, newSecret } from '../../sign-in/secret.ts';
import { iso } from '../../view/instants.ts';
import type { Routes } from '../routes.ts';

const tag = 'sign-in';
/** What a browser forgets once somebody has signed out (OWASP ASVS 5.0, 14.3.1). */
export const FORGET = '"cache", "storage"';
const start: Described = {
  id: 'startSession',
  tag,
  summary: 'Sign in with a password',
  description: 'Sets the session’s cookie. Five wrong passwords lock the account for a quarter of an hour, each further one for longer.',
  public: true,
  problems: ['sign-in-failed', 'foreign-origin', 'bad-json'],
};
const list: Described = { id: 'listSessions', tag, summary: 'My sessions that are alive' };
const fresh: Described = {
  id: 'freshSession',
  tag,
  summary: 'Enter my password again, for decisions that ask for it',
  description: 'The session goes on under a new cookie, until its twelve hours anew; the one before is nothing from then on.',
  problems: ['sign-in-failed', 'not-allowed', 'bad-json'],
};
const end: Described = {
  id: 'endSession',
  tag,
  summary: 'End a session of mine; `current` signs out',
  description: 'To end another than the current one the password has been entered in the last five minutes.',
  problems: ['not-found', 'fresh-sign-in'],
};

export const personId = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}$/, 'a person’s id');
export const passwordIn = z.string().min(1).max(1_000);
const session = z.object({
  id: z.string(),
  how: z.string(),
  startedAt: instant,
  seenAt: instant,
  endsAt: instant,
  agent: z.string(),
  current: z.boolean(),
});

export const sessionRoutes: Routes = async (app, { db, clock, config }) => {
  app.post(
    '/api/sessions',
    {
      schema: {
        ...about(start),
        body: z.strictObject({ person: personId, password: passwordIn }),
        response: { 201: z.object({ person: z.string(), endsAt: instant }), ...problemsOf(start) },
      },
      // Guesses of one address, beside the lock of each account.
      config: { rateLimit: { max: 30, timeWindow: '1 minute' } },
    },
    async (request, reply) => {
      if (request.headers.origin !== undefined) checkOrigin(request, config.publicUrl);
      const { person, password } = request.body;
      await checkPassword(db, request, person, password, clock());
      return begin(db, app.sessionCookie, request, reply, { person, how: 'password', at: clock() });
    },
  );
  app.get(
    '/api/sessions',
    { schema: { ...about(list), response: { 200: z.object({ items: z.array(session) }), ...problemsOf(list) } } },
    async (request) => {
      const rows = await liveSessionsOf(db, me(request).person, clock());
      const items = rows.map((row) => ({
        id: row.id,
        how: row.how,
        agent: row.agent,
        startedAt: iso(row.started_at.getTime()),
        seenAt: iso(row.seen_at.getTime()),
        endsAt: iso(row.ends_at.getTime()),
        current: row.id === request.session?.id,
      }));
      return { items };
    },
  );
  app.post(
    '/api/sessions/fresh',
    {
      schema: {
        ...about(fresh),
        body: z.strictObject({ password: passwordIn }),
        response: { 200: z.object({ freshAt: instant }), ...problemsOf(fresh) },
      },
      config: { rateLimit: { max: 30, timeWindow: '1 minute' } },
    },
    async (request, reply) => {
      const { session: mine } = request;
      if (mine === undefined) throw new Problem('not-allowed', { zh: '令牌没有会话。', en: 'A token has no session.' });
      await checkPassword(db, request, mine.person, request.body.password, clock());
      // Of a one-time link nothing is left: it is a password that was entered.
      const how = mine.how === 'link' ? 'password' : mine.how;
      // A new secret: whoever had taken the one before is out.
      await begin(db, app.sessionCookie, request, reply, { person: mine.person, how, at: clock(), instead: mine.id });
      void reply.code(200);
      return { freshAt: iso(clock()) };
    },
  );
  app.post(
    '/api/sessions/:id/end',
    {
      schema: {
        ...about(end),
        params: z.object({ id: z.string().regex(/^(current|[0-9a-f-]{36})$/) }),
        response: { 200: z.object({ ended: z.literal(true) }), ...problemsOf(end) },
      },
    },
    async (request, reply) => {
      const current = request.params.id === 'current' || request.params.id === request.session?.id;
      const id = current ? request.session?.id : request.params.id;
      const { person } = me(request);
      if (id === undefined || !(await hasSession(db, person, id))) throw new Problem('not-found');
      if (!current && request.session !== undefined && !isFresh(request, clock())) throw new Problem('fresh-sign-in');
      if (!(await endSession(db, person, id, clock()))) throw new Problem('not-found');
      if (current) {
        app.sessionCookie.clear(reply);
        void reply.header('Clear-Site-Data', FORGET);
      }
      logEvent(request, 'signed-out');
      return { ended: true as const };
    },
  );
};

/** Takes as long for a person who is not there; says no more than that it failed. @throws Problem sign-in-failed */
export async function checkPassword(db: Db, request: FastifyRequest, person: string, password: string, at: Instant): Promise<void> {
  const account = await accountOf(db, person);
  const right = await isPassword(account?.passwordHash, password);
  const locked = account?.lockedUntil !== undefined && account.lockedUntil > at;
  if (right && !locked) return forgetFailures(db, person);
  // While it is locked nothing is counted: else whoever guesses could keep its owner out for ever.
  if (account !== undefined && !locked) await countFailure(db, person, at);
  logEvent(request, 'wrong-password', account === undefined ? {} : { person });
  throw new Problem('sign-in-failed');
}

/** A new session under a new secret, whatever the browser had before. @param instead the session that ends with it */
export async function begin(
  db: Db,
  cookie: SessionCookie,
  request: FastifyRequest,
  reply: FastifyReply,
  { person, how, at, freshAt, instead }: Pick<NewSession, 'person' | 'how' | 'at' | 'freshAt'> & { readonly instead?: string | undefined },
): Promise<{ person: string; endsAt: string }> {
  const secret = newSecret();
  await db.transaction().execute(async (trx) => {
    if (instead !== undefined) await endSession(trx, person, instead, at);
    await startSession(trx, { hash: hashSecret(secret), person, how, agent: request.headers['user-agent'] ?? '', at, freshAt });
  });
  logEvent(request, 'signed-in', { person, how });
  cookie.set(reply, secret, LASTS_MS / 1000);
  void reply.code(201);
  return { person, endsAt: iso(at + LASTS_MS) };
}
