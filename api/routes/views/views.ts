/** GET /api/views and GET /api/views/:view */
import { z } from 'zod';
import { casesInView } from '../../../db/read/views.ts';
import { caseViews, viewNames, viewOf, type CaseView } from '../../../domain/case/views.ts';
import { fromCursor, page } from '../../http/cursor.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { day, instant, label, next, paging } from '../../schemas/common.ts';
import { named } from '../../schemas/registry.ts';
import { instantOf, periodOf, withCells } from '../../view/case-view.ts';
import type { Routes } from '../routes.ts';

const list: Described = { id: 'listViews', tag: 'views', summary: 'Registers that are views over cases' };
const one: Described = {
  id: 'getView',
  tag: 'views',
  summary: 'A register that is a view over cases, newest first',
  description:
    'Only cases that concern the reader. `from` and `to` are Beijing days, both included, of the opening; of `year-file`, of the closing.',
  problems: ['bad-cursor'],
};

const query = z.strictObject({
  ...paging,
  from: day.optional(),
  to: day.optional(),
  customer: z.string().max(64).optional().describe('Of this customer file: `customer-services`'),
});
const after = z.strictObject({ view: z.string(), customer: z.string().optional(), at: z.number(), number: z.string() });
const column = label.extend({ name: z.string() });
const described = label.extend({ name: z.string(), clause: z.string(), columns: z.array(column) });
const row = z.object({
  number: z.string(),
  pack: z.string(),
  kind: z.string(),
  severity: z.string(),
  stage: z.string(),
  status: z.enum(['open', 'closed']),
  openedAt: instant,
  closedAt: instant.nullable(),
  cells: z.record(z.string(), z.unknown()).describe('By column; a list where every form filed counts; absent: nothing was filled in'),
});
named.add(row, { id: 'ViewRow' });

export const viewRoutes: Routes = async (app, { db, clock }) => {
  app.get(
    '/api/views',
    { schema: { ...about(list), response: { 200: z.object({ items: z.array(described) }), ...problemsOf(list) } } },
    () => ({ items: caseViews.map(head) }),
  );
  app.get(
    '/api/views/:view',
    {
      schema: {
        ...about(one),
        params: z.object({ view: z.enum(viewNames) }),
        querystring: query,
        response: { 200: z.object({ view: described, items: z.array(row), next }), ...problemsOf(one) },
      },
    },
    async (request) => {
      const { limit, cursor, customer } = request.query;
      const view = viewOf(caseViews.find(({ name }) => name === request.params.view) as CaseView, customer);
      if (view === undefined)
        throw new Problem('bad-request', { zh: '此登记表不能按客户筛选。', en: 'This view is not narrowed to a customer.' });
      const seen = fromCursor(
        after.refine((c) => c.view === view.name && c.customer === customer),
        cursor,
      );
      const rows = await casesInView(db, me(request), view, { limit, ...periodOf(request.query), after: seen });
      const { items, next: cursorOfNext } = page(rows, limit, (last) => ({
        view: view.name,
        ...(customer === undefined ? {} : { customer }),
        at: instantOf(view, last),
        number: last.number,
      }));
      return { view: head(view), items: await withCells(db, view, items, { scope: me(request), at: clock() }), next: cursorOfNext };
    },
  );
};

const head = ({ name, zh, en, clause, columns }: CaseView) => ({
  name,
  zh,
  en,
  clause,
  columns: columns.map(({ name: id, zh: words, en: english }) => ({ name: id, zh: words, en: english })),
});
