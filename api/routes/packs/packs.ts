/** GET /api/packs, GET /api/packs/:id */
import { z } from 'zod';
import { text } from '../../http/cells.ts';
import { addList } from '../../http/list.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { packId } from '../../schemas/common.ts';
import { packSummary, packView as packSchema } from '../../schemas/packs.ts';
import { packSummaryView, packView } from '../../view/pack.ts';
import type { Routes } from '../routes.ts';

const list: Described = { id: 'listPacks', tag: 'packs', summary: 'Packs in which I have a role' };
const one: Described = {
  id: 'getPack',
  tag: 'packs',
  summary: 'A pack: roles, steps, forms, limits, tiers, switches',
  problems: ['not-found'],
};

export const packRoutes: Routes = async (app, deps) => {
  const { rules, clock } = deps;
  addList(app, deps, {
    url: '/api/packs',
    said: list,
    file: { zh: '制度包', en: 'packs' },
    item: packSummary,
    columns: {
      id: text('制度包', 'pack'),
      zh: { zh: '名称', en: 'name', type: 'text', of: (_, item, { lang }) => item[lang] },
      en: [],
      version: text('版本', 'version'),
      hash: text('散列值', 'hash'),
    },
    page: async ({ request }) => {
      const mine = Object.keys(me(request).packs).toSorted();
      const found = await Promise.all(mine.map((id) => rules.latest(id, clock())));
      return { items: found.filter((pack) => pack !== undefined).map(packSummaryView), after: null };
    },
  });
  app.get(
    '/api/packs/:id',
    { schema: { ...about(one), params: z.object({ id: packId }), response: { 200: packSchema, ...problemsOf(one) } } },
    async (request) => {
      const { id } = request.params;
      const found = Object.hasOwn(me(request).packs, id) ? await rules.latest(id, clock()) : undefined;
      if (found === undefined) throw new Problem('not-found');
      return packView(found);
    },
  );
};
