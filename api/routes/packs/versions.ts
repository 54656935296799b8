/** GET /api/packs/:id/versions, GET /api/packs/:id/versions/:version, GET /api/packs/:id/diff */
import { z } from 'zod';
import { choice, json, text, time } from '../../http/cells.ts';
import { addList } from '../../http/list.ts';
import { activeHash, versionsOf, type PackVersionRow } from '../../../db/read/packs.ts';
import { diffPacks } from '../../../packs/diff.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { mayReadVersions } from '../../http/governance.ts';
import { Problem } from '../../problems/problem.ts';
import { packId } from '../../schemas/common.ts';
import { difference, packVersion, packVersionId, packView as packSchema } from '../../schemas/packs.ts';
import { PACK_STANDING } from '../../view/codes.ts';
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
  id: 'listPackDifferences',
  tag: 'packs',
  summary: 'What two versions of a pack say differently',
  problems: ['not-found'],
};

export const packVersionRoutes: Routes = async (app, deps) => {
  const { db, rules, clock } = deps;
  /** The version of that name or hash; of several of one name the one that was not rejected. @throws Problem not-found */
  async function find(id: string, version: string): Promise<PackVersionRow> {
    await rules.latest(id, clock()); // the first look of a process puts in what the release ships
    const named = (await versionsOf(db, id)).filter((row) => row.version === version || row.hash === version);
    const found = named.find((row) => row.status !== 'rejected') ?? named[0];
    if (found === undefined) throw new Problem('not-found', { zh: `${id} 没有版本 ${version}`, en: `${id} has no version ${version}` });
    return found;
  }

  addList(app, deps, {
    url: '/api/packs/:id/versions',
    said: list,
    file: { zh: '制度包版本', en: 'pack versions' },
    params: { id: packId },
    item: packVersion,
    columns: {
      version: text('版本', 'version'),
      hash: text('散列值', 'hash'),
      standing: choice('状态', 'standing', PACK_STANDING),
      activeFrom: time('生效时间', 'in force from'),
      withdrawnAt: time('停用时间', 'withdrawn'),
      reason: text('原因', 'reason'),
      case: text('审批案件', 'case'),
      createdAt: time('登记时间', 'created'),
    },
    page: async ({ request, params: { id } }) => {
      mayReadVersions(request, id);
      const now = clock();
      if ((await rules.latest(id, now)) === undefined) throw new Problem('not-found');
      const inForce = await activeHash(db, id, now);
      return { items: (await versionsOf(db, id)).map((row) => packVersionView(row, inForce, now)), after: null };
    },
  });
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
  addList(app, deps, {
    url: '/api/packs/:id/diff',
    said: diff,
    file: { zh: '制度包差异', en: 'pack differences' },
    params: { id: packId },
    filter: { from: packVersionId, to: packVersionId },
    item: difference,
    columns: { path: text('位置', 'place'), from: json('原为', 'from'), to: json('改为', 'to') },
    page: async ({ request, params: { id }, query }) => {
      mayReadVersions(request, id);
      const [from, to] = [await find(id, query.from), await find(id, query.to)];
      return { items: diffPacks(await rules.pinned(from.hash), await rules.pinned(to.hash)), after: null };
    },
  });
};
