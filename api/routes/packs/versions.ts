/** GET /api/packs/:id/versions, GET /api/packs/:id/versions/:version, GET /api/packs/:id/diff */
import { z } from 'zod';
import { activeHash, versionsOf, type PackVersionRow } from '../../../db/read/packs.ts';
import { diffPacks } from '../../../packs/diff.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { mayReadVersions } from '../../http/governance.ts';
import { Problem } from '../../problems/problem.ts';
import { packId } from '../../schemas/common.ts';
import { difference, packVersion, packVersionId, packView as packSchema } from '../../schemas/packs.ts';
import { packVersionView, packView } from '../../view/pack.ts';
import type { Routes } from '../routes.ts';

const list: Described = {
  id: 'listPackVersions',
  tag: 'packs',
  summary: 'Versions of a pack and how each stands',
  problems: ['not-found'],
};
const one: Described = { id: 'getPackVersion', tag: 'packs', summary: 'One version of a pack, as a whole', problems: ['not-found'] };
const diff: Described = {
  id: 'diffPackVersions',
  tag: 'packs',
  summary: 'What two versions of a pack say differently',
  problems: ['not-found'],
};

export const packVersionRoutes: Routes = async (app, { db, rules, clock }) => {
  /** The version of that name or hash; of several of one name the one that was not rejected. @throws Problem not-found */
  async function find(id: string, version: string): Promise<PackVersionRow> {
    await rules.latest(id, clock()); // the first look of a process puts in what the release ships
    const named = (await versionsOf(db, id)).filter((row) => row.version === version || row.hash === version);
    const found = named.find((row) => row.status !== 'rejected') ?? named[0];
    if (found === undefined) throw new Problem('not-found', { zh: `${id} 没有版本 ${version}`, en: `${id} has no version ${version}` });
    return found;
  }

  app.get(
    '/api/packs/:id/versions',
    {
      schema: {
        ...about(list),
        params: z.object({ id: packId }),
        response: { 200: z.object({ items: z.array(packVersion) }), ...problemsOf(list) },
      },
    },
    async (request) => {
      const { id } = request.params;
      mayReadVersions(request, id);
      const now = clock();
      if ((await rules.latest(id, now)) === undefined) throw new Problem('not-found');
      const inForce = await activeHash(db, id, now);
      return { items: (await versionsOf(db, id)).map((row) => packVersionView(row, inForce, now)) };
    },
  );
  app.get(
    '/api/packs/:id/versions/:version',
    {
      schema: {
        ...about(one),
        params: z.object({ id: packId, version: packVersionId }),
        response: { 200: packSchema, ...problemsOf(one) },
      },
    },
    async (request) => {
      const { id, version } = request.params;
      mayReadVersions(request, id);
      return packView(await rules.pinned((await find(id, version)).hash));
    },
  );
  app.get(
    '/api/packs/:id/diff',
    {
      schema: {
        ...about(diff),
        params: z.object({ id: packId }),
        querystring: z.strictObject({ from: packVersionId, to: packVersionId }),
        response: { 200: z.object({ items: z.array(difference) }), ...problemsOf(diff) },
      },
    },
    async (request) => {
      const { id } = request.params;
      mayReadVersions(request, id);
      const [from, to] = [await find(id, request.query.from), await find(id, request.query.to)];
      return { items: diffPacks(await rules.pinned(from.hash), await rules.pinned(to.hash)) };
    },
  );
};
