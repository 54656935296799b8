/** GET /api/cases/:number/timeline */
import { z } from 'zod';
import type { DeliveryLine } from '../../../db/read/deliveries.ts';
import { timelineOf } from '../../../db/read/timeline.ts';
import { fromCursor, page } from '../../http/cursor.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { caseFor } from '../../http/find.ts';
import { caseNumber, paging } from '../../schemas/common.ts';
import { timelinePage } from '../../schemas/timeline.ts';
import { eventOfRow } from '../../view/event.ts';
import { iso } from '../../view/instants.ts';
import type { Routes } from '../routes.ts';

const described: Described = {
  id: 'getTimeline',
  tag: 'cases',
  summary: 'A case as it went: its record, and what became of its notices',
  problems: ['not-yet', 'not-found', 'bad-cursor'],
  description: 'By instant. Events are those of `GET …/events`; no address of a person or robot is shown.',
};
const place = z.strictObject({ at: z.number().int(), of: z.enum(['record', 'delivery']), n: z.number().int() });

export const timelineRoute: Routes = async (app, { db }) => {
  app.get(
    '/api/cases/:number/timeline',
    {
      schema: {
        ...about(described),
        params: z.object({ number: caseNumber }),
        querystring: z.strictObject(paging),
        response: { 200: timelinePage, ...problemsOf(described) },
      },
    },
    async (request) => {
      const { number } = request.params;
      const { limit, cursor } = request.query;
      const { veil } = await caseFor(db, request, number);
      const entries = await timelineOf(db, number, fromCursor(place, cursor), limit);
      const { items, next } = page(entries, limit, ({ at, of, n }) => ({ at, of, n }));
      return {
        items: items.map((entry) => ({
          at: iso(entry.at),
          of: entry.of,
          event: 'event' in entry ? eventOfRow(entry.event, veil) : null,
          delivery: 'delivery' in entry ? deliveryView(entry.delivery, number) : null,
        })),
        next,
      };
    },
  );
};

const RESULTS = { sent: 'delivered', failed: 'refused', 'given-up': 'given-up', stuck: 'stuck' } as const;

/** A digest tells of other cases, too: those are nobody's business here. */
function deliveryView({ id, channel, person, status, attempts, why, told }: DeliveryLine, number: string) {
  const mine = told.filter((one) => one.case === number).map(({ seq, recipient }) => ({ seq, recipient }));
  return { id, channel, person, result: RESULTS[status as keyof typeof RESULTS], attempts, why, told: mine };
}
