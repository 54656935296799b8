/** Signing in by a provider of OpenID Connect: code flow with PKCE, state and nonce. Roles are never the provider's to give. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { linkOf } from '../../../db/one-time-links.ts';
import { beginLogin, LOGIN_LASTS_MS, takeLogin } from '../../../db/oidc-logins.ts';
import { endSession } from '../../../db/sessions.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { keyOf } from '../../http/idempotency.ts';
import { me, signIn } from '../../plugins/auth.ts';
import { checkOrigin } from '../../plugins/origin.ts';
import { Problem } from '../../problems/problem.ts';
import { flag } from '../../schemas/common.ts';
import { idempotent } from '../../schemas/requests.ts';
import { begin, FORGET } from '../../sign-in/begin.ts';
import { loginCookie } from '../../sign-in/cookie.ts';
import { oidcProvider } from '../../sign-in/oidc.ts';
import { personOf } from '../../sign-in/person-of.ts';
import { hashSecret, newSecret } from '../../sign-in/secret.ts';
import { isWayBack } from '../../sign-in/way-back.ts';
import type { Routes } from '../routes.ts';

const tag = 'sign-in';
const CALLBACK = '/api/oidc/callback';
const login: Described = {
  id: 'beginOidcLogin',
  tag,
  summary: 'Sign in by the company’s provider: sends the browser there',
  description: 'With `fresh=true` whoever has a session shows again to be there, for decisions that ask for it.',
  public: true,
  problems: ['oidc-off', 'oidc-away', 'not-signed-in'],
};
const link: Described = {
  id: 'linkOidcIdentity',
  tag,
  summary: 'Link an identity at the provider by a one-time link, and sign in by it',
  description: 'The link’s secret is what follows `#` in its address. It is used up when the person comes back from `location`.',
  public: true,
  problems: ['oidc-off', 'oidc-away', 'link-used', 'foreign-origin', 'bad-json'],
};
const callback: Described = {
  id: 'finishOidcLogin',
  tag,
  summary: 'Where the provider sends the browser back to',
  public: true,
  problems: ['oidc-off', 'oidc-away', 'oidc-failed', 'identity-unknown', 'identity-taken', 'link-used'],
};
const logout: Described = {
  id: 'endOidcSession',
  tag,
  summary: 'Sign out, here and at the provider',
  description: 'The session here has ended with the answer; at `location` the browser ends the provider’s own.',
  problems: ['key-missing', 'not-allowed', 'oidc-off', 'bad-json'],
};

const to = z
  .string()
  .max(2_000)
  .refine(isWayBack, 'must be a path of this installation, such as /cases')
  .default('/')
  .describe('Where the browser goes afterwards: a path of ours');
const sentOn = { description: 'The browser is sent on by `Location`; there is no body', content: { 'text/plain': { schema: z.string() } } };
const SECRET = /^[A-Za-z0-9_-]{43}$/;
/** People of one office share an address; what could be guessed here has 256 bits. */
const rateLimit = { max: 120, timeWindow: '1 minute' };

export const oidcRoutes: Routes = async (app, { db, clock, config }) => {
  const cookie = loginCookie(config.publicUrl);
  const ourOwn = (path: string): string => new URL(path, config.publicUrl).href;
  const settings = config.oidc;
  const found = settings === undefined ? undefined : oidcProvider(settings, clock);
  const provider = () => {
    if (found === undefined) throw new Problem('oidc-off');
    return found;
  };

  /** Several tabs of a browser that log in at once share its secret; nonce and verifier are each login's own. */
  const start = async (
    request: FastifyRequest,
    reply: FastifyReply,
    more: { wayBack: string; session?: string; linkHash?: string },
  ): Promise<string> => {
    const had = cookie.read(request) ?? '';
    const browser = SECRET.test(had) ? had : newSecret();
    const state = newSecret();
    const location = await provider().begin({ redirectUri: ourOwn(CALLBACK), state, browser, fresh: more.session !== undefined });
    await beginLogin(db, { stateHash: hashSecret(state), browserHash: hashSecret(browser), ...more }, clock());
    cookie.set(reply, browser, LOGIN_LASTS_MS / 1000);
    return location;
  };

  app.get(
    '/api/oidc/login',
    {
      schema: {
        ...about(login),
        querystring: z.strictObject({ to, fresh: flag.optional() }),
        response: { 302: sentOn, ...problemsOf(login) },
      },
      config: { rateLimit },
    },
    async (request, reply) => {
      const { to: wayBack, fresh } = request.query;
      provider();
      const session = fresh ? (await signIn(db, request, app.sessionCookie, clock()))?.session : undefined;
      if (fresh && session === undefined) throw new Problem('not-signed-in');
      return reply.redirect(await start(request, reply, { wayBack, ...(session === undefined ? {} : { session: session.id }) }));
    },
  );
  app.post(
    '/api/oidc/login',
    {
      schema: {
        ...about(link),
        body: z.strictObject({ secret: z.string().regex(SECRET), to }),
        response: { 201: z.object({ location: z.string() }), ...problemsOf(link) },
      },
      config: { rateLimit: { max: 30, timeWindow: '1 minute' } },
    },
    async (request, reply) => {
      if (request.headers.origin !== undefined) checkOrigin(request, config.publicUrl);
      const linkHash = hashSecret(request.body.secret);
      provider();
      if ((await linkOf(db, linkHash, clock())) === undefined) throw new Problem('link-used');
      const location = await start(request, reply, { wayBack: request.body.to, linkHash });
      void reply.code(201);
      return { location };
    },
  );
  app.get(
    CALLBACK,
    {
      schema: {
        ...about(callback),
        querystring: z.looseObject({ state: z.string().max(200).optional(), code: z.string().max(4_000).optional() }),
        response: { 302: sentOn, ...problemsOf(callback) },
      },
      config: { rateLimit },
    },
    async (request, reply) => {
      const from = provider();
      const { state = '' } = request.query;
      const browser = cookie.read(request) ?? '';
      const pending = await takeLogin(db, hashSecret(state), hashSecret(browser), clock());
      if (pending === undefined) throw new Problem('oidc-failed');
      const { begunAt, session, linkHash, wayBack } = pending;
      const withinMs = session === undefined ? undefined : clock() - begunAt;
      const proved = await from.finish(new URL(ourOwn(request.url)), { state, browser, withinMs }).catch((error: Error) => {
        request.log.warn({ why: (error.cause as Error | undefined)?.message }, 'a sign-in by the provider did not come through');
        throw error;
      });
      const person = await personOf(db, proved, { linkHash, at: clock() });
      const had = (await signIn(db, request, app.sessionCookie, clock()))?.session;
      if (session !== undefined && (had?.id !== session || had.person !== person))
        throw new Problem('oidc-failed', {
          zh: '重新验证的须是当前会话的本人。',
          en: 'Whoever shows to be there again must be the person of the session.',
        });
      // Where the provider does not say when, it may have been a cookie of its own from this morning.
      const freshAt = Math.min(proved.authTime ?? 0, clock());
      await begin(db, request, reply, { person, how: 'oidc', at: clock(), freshAt });
      return reply.redirect(wayBack, 302);
    },
  );
  app.post(
    '/api/oidc/logout',
    {
      schema: {
        ...about(logout),
        headers: idempotent,
        response: { 200: z.object({ ended: z.literal(true), location: z.string().nullable() }), ...problemsOf(logout) },
      },
    },
    async (request, reply) => {
      keyOf(request); // a session ends once: nobody is signed in the second time
      const { session } = request;
      const from = provider();
      if (session === undefined) throw new Problem('not-allowed', { zh: '令牌没有会话。', en: 'A token has no session.' });
      await endSession(db, me(request).person, session.id, clock());
      app.sessionCookie.clear(reply);
      void reply.header('Clear-Site-Data', FORGET);
      const location = await from.leave(ourOwn('/')).catch((error: unknown) => {
        request.log.warn({ err: error }, 'the provider’s page for signing out is not known');
        return undefined;
      });
      return { ended: true as const, location: location ?? null };
    },
  );
};
