/** GET /api/packs, GET /api/packs/:id */
import { z } from 'zod';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { packId } from '../../schemas/common.ts';
import { packList, packView as packSchema } from '../../schemas/packs.ts';
import { packSummaryView, packView } from '../../view/pack.ts';
import type { Routes } from '../routes.ts';

const list: Described = { id: 'listPacks', tag: 'packs', summary: 'Packs in which I have a role' };
const one: Described = {
  id: 'getPack',
  tag: 'packs',
  summary: 'A pack: roles, steps, forms, limits, tiers, switches',
  problems: ['not-found'],
};

export const packRoutes: Routes = async (app, { rules, clock }) => {
  app.get('/api/packs', { schema: { ...about(list), response: { 200: packList, ...problemsOf(list) } } }, async (request) => {
    const mine = Object.keys(me(request).packs).toSorted();
    const found = await Promise.all(mine.map((id) => rules.latest(id, clock())));
    return { items: found.filter((pack) => pack !== undefined).map(packSummaryView) };
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
