/** What became of notices outside the application: of a case for whoever sees it, all that are stuck for operators. */
import { z } from 'zod';
import { known, text, time, whole } from '../../http/cells.ts';
import { addList, type Columns } from '../../http/list.ts';
import { cut } from '../../http/cursor.ts';
import { tryAgain } from '../../../db/deliveries.ts';
import { deliveriesOfCase, undelivered, type DeliveryLine } from '../../../db/read/deliveries.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { caseFor } from '../../http/find.ts';
import { Problem } from '../../problems/problem.ts';
import { caseNumber, instant } from '../../schemas/common.ts';
import { idempotent } from '../../schemas/requests.ts';
import { DELIVERY_STATUS } from '../../view/codes.ts';
import { iso, isoOfDate } from '../../view/instants.ts';
import type { Routes } from '../routes.ts';

const tag = 'notices';
const ofCase: Described = {
  id: 'listDeliveries',
  tag,
  summary: 'By which channels a case’s notices left, and what came of it',
  problems: ['not-found', 'bad-cursor'],
};
const stuck: Described = {
  id: 'listUndelivered',
  tag,
  summary: 'Notices that a channel has not taken',
  problems: ['not-allowed', 'bad-cursor'],
};
const again: Described = {
  id: 'deliverAgain',
  tag,
  summary: 'Try a delivery again',
  problems: ['key-missing', 'not-allowed', 'not-found'],
};
const delivery = z.object({
  id: z.string(),
  channel: z.string(),
  person: z.string().nullable(),
  status: z
    .string()
    .describe(
      '`waiting`, `sent`, `stuck` (it goes on trying), `failed` (trying again changes nothing until somebody mends the settings), `given-up` (it was tried for days)',
    ),
  attempts: z.number().int(),
  why: z.string().nullable(),
  createdAt: instant,
  triedAt: instant.nullable(),
  sentAt: instant.nullable(),
  told: z.array(z.object({ case: z.string(), seq: z.number().int(), recipient: z.string() })),
});
const deliveryId = z.string().regex(/^\d{1,15}$/, 'the id of a delivery');
const cursor = z.strictObject({ id: deliveryId });
const columns: Columns<z.output<typeof delivery>> = {
  id: text('编号', 'id'),
  channel: text('渠道', 'channel'),
  person: text('收件人', 'to'),
  status: known('状态', 'status', DELIVERY_STATUS),
  attempts: whole('尝试次数', 'attempts'),
  why: text('原因', 'why'),
  createdAt: time('产生时间', 'made'),
  triedAt: time('最近尝试', 'tried'),
  sentAt: time('发送时间', 'sent'),
  told: {
    zh: '所通知的案件',
    en: 'tells of',
    type: 'text',
    of: (told) => told.map((one) => `${one.case} ${one.seq} ${one.recipient}`).join('\n'),
  },
};

export const deliveryRoutes: Routes = async (app, deps) => {
  const { db } = deps;
  addList(app, deps, {
    url: '/api/cases/:number/deliveries',
    said: ofCase,
    file: { zh: '通知投递', en: 'deliveries' },
    params: { number: caseNumber },
    cursor,
    item: delivery,
    columns,
    page: async ({ request, params: { number }, limit, after }) => {
      await caseFor(db, request, number);
      const rows = await deliveriesOfCase(db, number, after?.id ?? '0', limit);
      // A digest tells of other cases, too: those are nobody's business here.
      return cut(
        rows,
        limit,
        ({ id }) => ({ id }),
        (line) => view({ ...line, told: line.told.filter((one) => one.case === number) }),
      );
    },
  });
  addList(app, deps, {
    url: '/api/deliveries',
    said: stuck,
    file: { zh: '未送达通知', en: 'undelivered' },
    cursor,
    item: delivery,
    columns,
    page: async ({ limit, after }) => cut(await undelivered(db, after?.id ?? '0', limit), limit, ({ id }) => ({ id }), view),
  });
  app.post(
    '/api/deliveries/:id/again',
    {
      config: { once: true },
      schema: {
        ...about(again),
        headers: idempotent,
        params: z.object({ id: deliveryId }),
        response: { 200: z.object({ again: z.literal(true) }), ...problemsOf(again) },
      },
    },
    async (request) => {
      if (!(await tryAgain(db, request.params.id))) throw new Problem('not-found');
      return { again: true as const };
    },
  );
};

function view({ created_at, tried_at, sent_at, told, ...line }: DeliveryLine) {
  return { ...line, told: [...told], createdAt: iso(created_at.getTime()), triedAt: isoOfDate(tried_at), sentAt: isoOfDate(sent_at) };
}
