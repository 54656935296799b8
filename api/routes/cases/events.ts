/** GET /api/cases/:number/events */
import { z } from 'zod';
import { eventsOf } from '../../../db/read/events.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { caseFor } from '../../http/find.ts';
import { eventPage } from '../../schemas/cases.ts';
import { caseNumber, paging } from '../../schemas/common.ts';
import { eventOfRow } from '../../view/event.ts';
import type { Routes } from '../routes.ts';

const described: Described = {
  id: 'listEvents',
  tag: 'cases',
  summary: 'The record of a case, event by event',
  problems: ['not-yet', 'not-found'],
  description:
    'In the order of recording. `data` is as recorded: amounts in fen, instants in epoch milliseconds, wording as a document’s hash; of a form above the reader’s label the event stays, what was filled in does not (`withheld`).',
};
const query = z.strictObject({
  limit: paging.limit,
  after: z.coerce.number().int().min(0).max(1_000_000).default(0).describe('Only events after this seq'),
});

export const eventsRoute: Routes = async (app, { db }) => {
  app.get(
    '/api/cases/:number/events',
    {
      schema: {
        ...about(described),
        params: z.object({ number: caseNumber }),
        querystring: query,
        response: { 200: eventPage, ...problemsOf(described) },
      },
    },
    async (request) => {
      const { number } = request.params;
      const { limit, after } = request.query;
      const { veil } = await caseFor(db, request, number);
      const rows = await eventsOf(db, number, after, limit);
      const items = rows.slice(0, limit).map((row) => eventOfRow(row, veil));
      return { items, next: rows.length > limit ? (items.at(-1)?.seq ?? null) : null };
    },
  );
};
