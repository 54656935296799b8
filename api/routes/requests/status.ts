/** GET /api/requests/:key */
import { z } from 'zod';
import { sentAs } from '../../../db/read/inbox.ts';
import type { Reply } from '../../../desk/types.ts';
import { RETRY_AFTER } from '../../http/answer.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { LOST, whoWon } from '../../http/who-won.ts';
import { me } from '../../plugins/auth.ts';
import { wordingOf } from '../../problems/catalogue.ts';
import { langOf, Problem, type Lang } from '../../problems/problem.ts';
import { requestStatus } from '../../schemas/requests.ts';
import type { Routes } from '../routes.ts';

const described: Described = {
  id: 'getRequest',
  tag: 'requests',
  summary: 'What became of a request of mine, by its Idempotency-Key',
  problems: ['not-found'],
};
const params = z.object({ key: z.string().regex(/^[\x20-\x7e]{1,200}$/, '1 to 200 printable ASCII characters') });

export const requestRoute: Routes = async (app, deps) => {
  app.get(
    '/api/requests/:key',
    { schema: { ...about(described), params, response: { 200: requestStatus, ...problemsOf(described) } } },
    async (request, reply) => {
      const { key } = request.params;
      // Keys are made up by clients, so they say nothing to anybody but their sender.
      const sent = await sentAs(deps.db, key);
      if (sent?.person !== me(request).person) throw new Problem('not-found');
      const said = await deps.desk.statusOf(key);
      if (said === undefined) throw new Problem('not-found');
      if (said.status === 'received') void reply.header('Retry-After', RETRY_AFTER);
      const lang = langOf(request.headers['accept-language']);
      const isLate = said.status === 'refused' && LOST.has(said.code);
      const won = isLate ? await whoWon(deps, request, said.number, sent.step).catch(() => undefined) : undefined;
      return view(said, key, lang, won?.[lang]);
    },
  );
};

function view(said: Reply, key: string, lang: Lang, won?: string) {
  const detail = said.status === 'refused' ? (won ?? said.detail) : undefined;
  const { status, number } = said;
  if (said.status === 'decided') return { status, number, key, seq: said.seq };
  if (said.status === 'received') return { status, number, key };
  return {
    status,
    number,
    key,
    code: said.code,
    title: wordingOf(said.code)[lang],
    ...(detail === undefined ? {} : { detail }),
  };
}
