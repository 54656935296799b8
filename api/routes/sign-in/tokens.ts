/** Tokens by which a person's programs speak for them. */
import { z } from 'zod';
import { text, time } from '../../http/cells.ts';
import { addList } from '../../http/list.ts';
import { endToken, liveTokensOf, makeToken, SCOPES } from '../../../db/tokens.ts';
import { isAdministrator } from '../../access.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { me } from '../../plugins/auth.ts';
import { logEvent } from '../../plugins/security-log.ts';
import { Problem } from '../../problems/problem.ts';
import { instant } from '../../schemas/common.ts';
import { hashSecret, newSecret } from '../../sign-in/secret.ts';
import { SCOPE_NAMES } from '../../view/codes.ts';
import { iso, isoOfDate } from '../../view/instants.ts';
import type { Routes } from '../routes.ts';

const tag = 'sign-in';
const DAY_MS = 86_400_000;
const list: Described = { id: 'listTokens', tag, summary: 'My tokens that are alive' };
const make: Described = {
  id: 'makeToken',
  tag,
  summary: 'Make a token for a program of mine',
  description: 'Its secret is told this once. Only from a session, within five minutes of a sign-in: a token cannot make others.',
  problems: ['fresh-sign-in', 'not-allowed', 'bad-json'],
};
const end: Described = { id: 'endToken', tag, summary: 'End a token of mine', problems: ['not-found'] };
const scopes = z.array(z.enum(SCOPES));
const token = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  madeAt: instant,
  endsAt: instant.nullable(),
});

export const tokenRoutes: Routes = async (app, deps) => {
  const { db, clock } = deps;
  addList(app, deps, {
    url: '/api/tokens',
    said: list,
    file: { zh: '令牌', en: 'tokens' },
    item: token,
    columns: {
      id: text('编号', 'id'),
      name: text('名称', 'name'),
      scopes: {
        zh: '权限',
        en: 'scopes',
        type: 'text',
        of: (of, _, { lang }) => of.map((scope) => SCOPE_NAMES[scope]?.[lang] ?? scope).join('、'),
      },
      madeAt: time('生成时间', 'made'),
      endsAt: time('有效至', 'ends'),
    },
    page: async ({ request }) => {
      const rows = await liveTokensOf(db, me(request).person, clock());
      const items = rows.map(({ id, name, scopes: of, created_at, ends_at }) => ({
        id,
        name,
        scopes: of,
        madeAt: iso(created_at.getTime()),
        endsAt: isoOfDate(ends_at),
      }));
      return { items, after: null };
    },
  });
  app.post(
    '/api/tokens',
    {
      schema: {
        ...about(make),
        body: z.strictObject({
          name: z.string().min(1).max(100),
          scopes: scopes.min(1).max(SCOPES.length),
          days: z.number().int().min(1).max(366),
        }),
        response: { 201: z.object({ id: z.string(), secret: z.string(), endsAt: instant }), ...problemsOf(make) },
      },
    },
    async (request, reply) => {
      const { person, packs } = me(request);
      const { name, scopes: wanted, days } = request.body;
      if (wanted.includes('administer') && !isAdministrator(packs)) throw new Problem('not-allowed');
      const secret = newSecret();
      const endsAt = clock() + days * DAY_MS;
      const id = await makeToken(db, { hash: hashSecret(secret), person, name, scopes: wanted, endsAt });
      logEvent(request, 'token-made');
      void reply.code(201);
      return { id, secret, endsAt: iso(endsAt) };
    },
  );
  app.post(
    '/api/tokens/:id/end',
    {
      schema: {
        ...about(end),
        params: z.object({ id: z.string().regex(/^[0-9a-f-]{36}$/) }),
        response: { 200: z.object({ ended: z.literal(true) }), ...problemsOf(end) },
      },
    },
    async (request) => {
      if (!(await endToken(db, me(request).person, request.params.id, clock()))) throw new Problem('not-found');
      logEvent(request, 'token-ended');
      return { ended: true as const };
    },
  );
};
