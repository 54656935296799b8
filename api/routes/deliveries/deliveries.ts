/** What became of notices outside the application: of a case for whoever sees it, all that are stuck for operators. */
import { z } from 'zod';
import { tryAgain } from '../../../db/deliveries.ts';
import { deliveriesOfCase, undelivered, type DeliveryLine } from '../../../db/read/deliveries.ts';
import { fromCursor, page } from '../../http/cursor.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { caseFor } from '../../http/find.ts';
import { Problem } from '../../problems/problem.ts';
import { caseNumber, instant, next, paging } from '../../schemas/common.ts';
import { idempotent } from '../../schemas/requests.ts';
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
const deliveryPage = z.object({ items: z.array(delivery), next });
const deliveryId = z.string().regex(/^\d{1,15}$/, 'the id of a delivery');
const query = z.strictObject(paging);
const afterOf = (cursor: string | undefined): string => fromCursor(z.strictObject({ id: deliveryId }), cursor)?.id ?? '0';

export const deliveryRoutes: Routes = async (app, { db }) => {
  app.get(
    '/api/cases/:number/deliveries',
    {
      schema: {
        ...about(ofCase),
        params: z.object({ number: caseNumber }),
        querystring: query,
        response: { 200: deliveryPage, ...problemsOf(ofCase) },
      },
    },
    async (request) => {
      const { number } = request.params;
      const { limit, cursor } = request.query;
      await caseFor(db, request, number);
      const { items, next: following } = page(await deliveriesOfCase(db, number, afterOf(cursor), limit), limit, ({ id }) => ({ id }));
      // A digest tells of other cases, too: those are nobody's business here.
      return { items: items.map((line) => view({ ...line, told: line.told.filter((one) => one.case === number) })), next: following };
    },
  );
  app.get(
    '/api/deliveries',
    { schema: { ...about(stuck), querystring: query, response: { 200: deliveryPage, ...problemsOf(stuck) } } },
    async (request) => {
      const { limit, cursor } = request.query;
      const { items, next: following } = page(await undelivered(db, afterOf(cursor), limit), limit, ({ id }) => ({ id }));
      return { items: items.map(view), next: following };
    },
  );
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
