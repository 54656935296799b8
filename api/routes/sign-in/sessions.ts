/** Signing in with a password, and the sessions that come of it. */
import { z } from 'zod';
import { known, text, time, yes } from '../../http/cells.ts';
import { addList } from '../../http/list.ts';
import { endSession, hasSession, liveSessionsOf } from '../../../db/sessions.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { me } from '../../plugins/auth.ts';
import { checkOrigin } from '../../plugins/origin.ts';
import { logEvent } from '../../plugins/security-log.ts';
import { Problem } from '../../problems/problem.ts';
import { instant } from '../../schemas/common.ts';
import { passwordIn, personId } from '../../schemas/sign-in.ts';
import { begin, FORGET } from '../../sign-in/begin.ts';
import { checkPassword } from '../../sign-in/check-password.ts';
import { demandFresh } from '../../sign-in/fresh.ts';
import { SIGNED_IN_BY } from '../../view/codes.ts';
import { iso } from '../../view/instants.ts';
import type { Routes } from '../routes.ts';

const tag = 'sign-in';
const start: Described = {
  id: 'startSession',
  tag,
  summary: 'Sign in with a password',
  description:
    'Sets the session’s cookie, and one by which the browser is known again. Five wrong passwords shut the door at which they were tried (a known browser, a known address, another address) for a quarter of an hour, each further one for longer.',
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
  description: 'To end another than the current one the password has been entered in the last five minutes; a token ends none.',
  problems: ['not-found', 'fresh-sign-in'],
};

const session = z.object({
  id: z.string(),
  how: z.string(),
  startedAt: instant,
  seenAt: instant,
  endsAt: instant,
  agent: z.string(),
  current: z.boolean(),
});

export const sessionRoutes: Routes = async (app, deps) => {
  const { db, clock, config } = deps;
  app.post(
    '/api/sessions',
    {
      schema: {
        ...about(start),
        body: z.strictObject({ person: personId, password: passwordIn }),
        response: { 201: z.object({ person: z.string(), endsAt: instant }), ...problemsOf(start) },
      },
      // Guesses of one address, whomever they try.
      config: { rateLimit: { max: 30, timeWindow: '1 minute' } },
    },
    async (request, reply) => {
      if (request.headers.origin !== undefined) checkOrigin(request, config.publicUrl);
      const { person, password } = request.body;
      await checkPassword(db, request, person, password, clock());
      return begin(db, request, reply, { person, how: 'password', at: clock() });
    },
  );
  addList(app, deps, {
    url: '/api/sessions',
    said: list,
    file: { zh: '登录会话', en: 'sessions' },
    item: session,
    columns: {
      id: text('编号', 'id'),
      how: known('登录方式', 'signed in by', SIGNED_IN_BY),
      startedAt: time('登录时间', 'started'),
      seenAt: time('最近使用', 'seen'),
      endsAt: time('有效至', 'ends'),
      agent: text('浏览器', 'browser'),
      current: yes('当前', 'current'),
    },
    page: async ({ request }) => {
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
      return { items, after: null };
    },
  });
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
      // Under a new secret: whoever had taken the one before is out.
      await begin(db, request, reply, { person: mine.person, how, at: clock() });
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
      if (!current) demandFresh(request, clock());
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
