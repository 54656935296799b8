/** What two administrators do together: GET /api/joint-acts, POST /api/joint-acts/:id/confirm and /refuse */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { choice, json, text, time, yes } from '../../http/cells.ts';
import { addList } from '../../http/list.ts';
import { cut } from '../../http/cursor.ts';
import { findJointAct, jointActs, type JointAct } from '../../../db/joint-acts.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { jointAct, jointView } from '../../joint/answer.ts';
import { endJointly } from '../../joint/ask.ts';
import { judgedPacks } from '../../joint/judge.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { instant } from '../../schemas/common.ts';
import { idempotent } from '../../schemas/requests.ts';
import { JOINT_KINDS, JOINT_STATUS } from '../../view/codes.ts';
import { iso } from '../../view/instants.ts';
import type { RouteDeps, Routes } from '../routes.ts';

const tag = 'authority';
const list: Described = {
  id: 'listJointActs',
  tag,
  summary: 'What administrators have asked for that a second person confirms, newest first',
  description: 'For administrators; of roles of a pack for that pack’s general manager, too.',
  problems: ['bad-cursor'],
};
const confirm: Described = {
  id: 'confirmJointAct',
  tag,
  summary: 'Confirm what another administrator has asked for: it is in force from now on',
  description:
    'By a second administrator, or of roles of a pack by that pack’s general manager; neither by whoever asked nor by whom it benefits. A link is told here, once: who asked for it does not see it.',
  problems: [
    'key-missing',
    'not-found',
    'fresh-sign-in',
    'second-person-needed',
    'already-decided',
    'joint-act-void',
    'key-reused',
    'own-roles',
    'bad-request',
    'identity-taken',
    'oidc-off',
    'erasure-held',
    'erasure-changed',
  ],
};
const refuse: Described = {
  id: 'refuseJointAct',
  tag,
  summary: 'Refuse what another administrator has asked for, or take back what one has asked for oneself',
  problems: ['key-missing', 'not-found', 'already-decided', 'joint-act-void', 'key-reused'],
};
const one = z.object({ id: z.string().regex(/^\d{1,15}$/, 'the id of an act') });
const confirmed = jointAct.extend({
  link: z.string().nullable().describe('Told once, to whoever has brought it into force'),
  linkEndsAt: instant.nullable(),
});

export const jointActRoutes: Routes = async (app, deps) => {
  const { db, clock } = deps;
  addList(app, deps, {
    url: '/api/joint-acts',
    said: list,
    file: { zh: '双人办理', en: 'joint acts' },
    cursor: z.strictObject({ n: z.string().regex(/^\d{1,18}$/) }),
    item: jointAct,
    columns: {
      id: text('编号', 'id'),
      kind: choice('事项', 'what', JOINT_KINDS),
      person: text('受益人', 'whom it benefits'),
      pack: text('制度包', 'pack'),
      what: json('内容', 'content'),
      askedBy: text('申请人', 'asked by'),
      askedAt: time('申请时间', 'asked'),
      until: time('确认期限', 'until'),
      status: choice('状态', 'status', JOINT_STATUS),
      alone: yes('无第二管理员', 'alone'),
      endedBy: text('办结人', 'ended by'),
      endedAt: time('办结时间', 'ended'),
    },
    page: async ({ request, limit, after }) => {
      const packs = await judgedPacks(deps, me(request));
      const rows = await jointActs(db, { packs, limit, before: after?.n });
      return cut(
        rows,
        limit,
        ({ id }) => ({ n: id }),
        (act) => jointView(act, clock()),
      );
    },
    reads: () => ({ list: list.id }),
  });
  app.post(
    '/api/joint-acts/:id/confirm',
    { schema: { ...about(confirm), headers: idempotent, params: one, response: { 200: confirmed, ...problemsOf(confirm) } } },
    async (request) => {
      const { act, told } = await endJointly(deps, request, await judged(deps, request, request.params.id), 'confirmed');
      const linkEndsAt = told.linkEndsAt === undefined ? null : iso(told.linkEndsAt);
      return { ...jointView(act, clock()), link: told.link ?? null, linkEndsAt };
    },
  );
  app.post(
    '/api/joint-acts/:id/refuse',
    { schema: { ...about(refuse), headers: idempotent, params: one, response: { 200: jointAct, ...problemsOf(refuse) } } },
    async (request) => {
      const found = await judged(deps, request, request.params.id);
      const { act } = await endJointly(deps, request, found, found.askedBy === me(request).person ? 'taken-back' : 'refused');
      return jointView(act, clock());
    },
  );
};

/** @throws Problem not-found, the same whether it is absent or not theirs to see */
async function judged(deps: RouteDeps, request: FastifyRequest, id: string): Promise<JointAct> {
  const act = await findJointAct(deps.db, id);
  const packs = await judgedPacks(deps, me(request));
  if (act === undefined || act.alone === 'no-power' || (packs !== undefined && !packs.includes(act.packId ?? '')))
    throw new Problem('not-found');
  return act;
}
