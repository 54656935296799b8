/** GET /api/cases/:number/customer-words */
import { z } from 'zod';
import { wordsOfCase } from '../../../db/customer-words.ts';
import { note } from '../../../db/journal.ts';
import { fromCursor, page } from '../../http/cursor.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { caseFor } from '../../http/find.ts';
import { me } from '../../plugins/auth.ts';
import { caseNumber, next, paging } from '../../schemas/common.ts';
import { customerWord } from '../../schemas/customer.ts';
import { iso } from '../../view/instants.ts';
import type { Routes } from '../routes.ts';

const described: Described = {
  id: 'listCustomerWords',
  tag: 'customer',
  summary: 'What the customer has said by their link and no step of the case has taken',
  problems: ['not-found', 'bad-cursor'],
};
const after = z.strictObject({ id: z.string().regex(/^\d{1,15}$/) });

export const customerWordsRoute: Routes = async (app, { db, clock }) => {
  app.get(
    '/api/cases/:number/customer-words',
    {
      schema: {
        ...about(described),
        params: z.object({ number: caseNumber }),
        querystring: z.strictObject(paging),
        response: { 200: z.object({ items: z.array(customerWord), next }), ...problemsOf(described) },
      },
    },
    async (request) => {
      const { number } = request.params;
      const { limit, cursor } = request.query;
      await caseFor(db, request, number);
      const rows = await wordsOfCase(db, number, { limit, after: fromCursor(after, cursor)?.id });
      const { items, next: cursorOfNext } = page(rows, limit, ({ id }) => ({ id }));
      if (items.length > 0) {
        await note(db, { kind: 'read', at: clock(), person: me(request).person, what: { case: number, customerWords: items.length } });
      }
      return { items: items.map(({ at, ...word }) => ({ ...word, body: { ...word.body }, at: iso(at.getTime()) })), next: cursorOfNext };
    },
  );
};
