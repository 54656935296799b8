/** Tracking links of a case: POST /api/cases/:number/tracking-link, GET …/tracking-links, POST …/tracking-links/:id/revoke */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { text, time, whole } from '../../http/cells.ts';
import { addList } from '../../http/list.ts';
import { documentOf, everyEventOf } from '../../../db/read/events.ts';
import { endLink, linksOf, TRACKING_DAYS, type TrackingLink } from '../../../db/tracking.ts';
import type { FoundCase } from '../../../db/read/cases.ts';
import { rolesAt } from '../../../domain/case/concern.ts';
import { tailOf } from '../../../domain/customer/side.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { caseFor } from '../../http/find.ts';
import { keyOf } from '../../http/idempotency.ts';
import { pinnedPack } from '../../http/pack.ts';
import { makeTrackingLink, pageOf, sideOf } from '../../http/tracking.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { caseNumber } from '../../schemas/common.ts';
import { madeLink, trackingLink } from '../../schemas/customer.ts';
import { idempotent } from '../../schemas/requests.ts';
import { iso, isoOfDate } from '../../view/instants.ts';
import type { Routes } from '../routes.ts';

const tag = 'customer';
const make: Described = {
  id: 'makeTrackingLink',
  tag,
  summary: 'Make a link by which the customer follows the case without signing in',
  description:
    'By a coordinator of the pack, or whoever may open its cases. The same key again ends the link it made before and makes another, since the secret is not kept.',
  problems: [
    'key-missing',
    'bad-json',
    'wrong-role',
    'not-found',
    'erased',
    'telephone-missing',
    'body-too-large',
    'unsupported-media-type',
  ],
};
const list: Described = { id: 'listTrackingLinks', tag, summary: 'Tracking links of a case, newest first', problems: ['not-found'] };
const revoke: Described = {
  id: 'revokeTrackingLink',
  tag,
  summary: 'End a tracking link at once',
  problems: ['key-missing', 'wrong-role', 'not-found'],
};

const number = z.object({ number: caseNumber });
const linkBody = z.strictObject({
  telephone: z
    .string()
    .max(40)
    .optional()
    .describe('Left out: the one of the opening form. Only its last four digits count; it is not kept'),
  days: z.number().int().min(1).max(366).default(TRACKING_DAYS).describe('How long it lasts'),
});

export const linkRoutes: Routes = async (app, deps) => {
  const { db, rules, clock, config, customers } = deps;
  app.post(
    '/api/cases/:number/tracking-link',
    {
      schema: { ...about(make), headers: idempotent, params: number, body: linkBody, response: { 201: madeLink, ...problemsOf(make) } },
    },
    async (request, reply) => {
      const key = keyOf(request);
      const found = await caseFor(db, request, request.params.number);
      const { state } = found;
      await checkCoordinator(request, found);
      const side = sideOf(customers, (await pinnedPack(rules, state.pack.hash)) ?? state.pack, state.kind);
      const { telephone, days } = request.body;
      const tail = tailOf(telephone ?? (await openingOf(state.number))[side.telephone]);
      if (tail === undefined) throw new Problem('telephone-missing');
      const by = me(request).person;
      const link = await makeTrackingLink({ db, clock }, { number: state.number, tail, by, days, key: `${by} ${state.number} ${key}` });
      void reply.code(201);
      return { id: link.id, secret: link.secret, page: pageOf(config.publicUrl, link.secret), endsAt: iso(link.endsAt) };
    },
  );
  addList(app, deps, {
    url: '/api/cases/:number/tracking-links',
    said: list,
    file: { zh: '跟踪链接', en: 'tracking links' },
    params: { number: caseNumber },
    item: trackingLink,
    columns: {
      id: text('编号', 'id'),
      madeBy: text('生成人', 'made by'),
      madeAt: time('生成时间', 'made'),
      endsAt: time('有效至', 'ends'),
      endedAt: time('提前结束', 'ended'),
      endedBy: text('结束人', 'ended by'),
      lockedUntil: time('锁定至', 'locked until'),
      reads: whole('查看次数', 'reads'),
      readAt: time('最近查看', 'last read'),
    },
    page: async ({ request, params: { number: of } }) => {
      await caseFor(db, request, of);
      return { items: (await linksOf(db, of)).map(linkView), after: null };
    },
  });
  app.post(
    '/api/cases/:number/tracking-links/:id/revoke',
    {
      config: { once: true },
      schema: {
        ...about(revoke),
        headers: idempotent,
        params: number.extend({ id: z.string().regex(/^[0-9a-f-]{36}$/, 'the id of a link') }),
        response: { 200: z.object({ revoked: z.literal(true) }), ...problemsOf(revoke) },
      },
    },
    async (request) => {
      const found = await caseFor(db, request, request.params.number);
      const { state } = found;
      await checkCoordinator(request, found);
      if (!(await endLink(db, state.number, request.params.id, me(request).person, clock()))) throw new Problem('not-found');
      return { revoked: true as const };
    },
  );

  /** @throws Problem wrong-role */
  async function checkCoordinator(request: FastifyRequest, { state: { pack: pin }, places }: FoundCase): Promise<void> {
    const pack = await pinnedPack(rules, pin.hash);
    if (pack === undefined) throw new Problem('not-found');
    const may = [...new Set([...pack.rules.coordinator, ...(pack.rules.steps['open']?.by ?? [])])];
    const held = rolesAt(me(request), pin.id, places);
    if (!may.some((role) => held.includes(role))) throw new Problem('wrong-role', { zh: may.join('、'), en: may.join(', ') });
  }

  async function openingOf(of: string): Promise<Record<string, unknown>> {
    const [opened] = await everyEventOf(db, of);
    const hash = opened?.kind === 'opened' ? opened.data.documentHash : undefined;
    return (hash === undefined ? undefined : await documentOf(db, of, hash)) ?? {};
  }
};

const linkView = (link: TrackingLink) => ({
  id: link.id,
  madeBy: link.made_by,
  madeAt: iso(link.made_at.getTime()),
  endsAt: iso(link.ends_at.getTime()),
  endedAt: isoOfDate(link.ended_at),
  endedBy: link.ended_by,
  lockedUntil: isoOfDate(link.locked_until),
  reads: link.reads,
  readAt: isoOfDate(link.read_at),
});
