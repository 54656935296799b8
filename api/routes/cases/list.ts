/** GET /api/cases */
import { z } from 'zod';
import { listCases, type CaseRow } from '../../../db/read/cases.ts';
import { atLeastAmong, atLeastOf } from '../../http/at-least.ts';
import { fromCursor, page } from '../../http/cursor.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { casePage } from '../../schemas/cases.ts';
import { flag, packId, paging } from '../../schemas/common.ts';
import { summaryOfRow } from '../../view/summary.ts';
import type { Routes } from '../routes.ts';

const word = z.string().min(1).max(64);
/** What the list and its export are narrowed by. */
export const caseFilter = {
  status: z.enum(['open', 'closed', 'all']).default('open'),
  stage: word.optional(),
  pack: packId.optional(),
  kind: word.optional(),
  severity: word.optional(),
  order: word.optional().describe('Number of the order that the opening names'),
  overdue: flag.optional(),
  escalated: flag.optional().describe('Told to the general manager at least once'),
  mine: flag.optional().describe('Something is owed by me: by my roles, or assigned to me'),
  q: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, 'the beginning of a case number')
    .optional()
    .describe('Beginning of the number'),
};
const query = z.strictObject({
  ...paging,
  sort: z
    .enum(['due', 'opened'])
    .optional()
    .describe('`due` (open cases only): next due first. `opened`: newest first. Default: `due` for open cases'),
  ...caseFilter,
  ...atLeastOf,
});

const described: Described = { id: 'listCases', tag: 'cases', summary: 'List cases', problems: ['bad-cursor', 'not-yet'] };
const after = z.strictObject({ sort: z.enum(['due', 'opened']), at: z.number().nullable(), number: z.string() });

export const listRoute: Routes = async (app, { db, clock }) => {
  app.get(
    '/api/cases',
    { schema: { ...about(described), querystring: query, response: { 200: casePage, ...problemsOf(described) } } },
    async (request) => {
      const { min_seq: _, min_case: __, ...asked } = request.query;
      await atLeastAmong(db, request);
      const { limit, cursor, status, sort = status === 'open' ? 'due' : 'opened', q, ...filter } = asked;
      if (sort === 'due' && status !== 'open')
        throw new Problem('bad-request', { zh: 'sort=due 仅用于未办结案件。', en: 'sort=due is for open cases.' });
      const from = fromCursor(after, cursor);
      if (from !== undefined && from.sort !== sort) throw new Problem('bad-cursor');
      const wanted = { ...filter, prefix: q, ...(status === 'all' ? {} : { status }) };
      const rows = await listCases(db, me(request), wanted, { sort, limit, after: from, now: clock() });
      const at = (row: CaseRow): number | null => (sort === 'due' ? row.next_due_at : row.opened_at)?.getTime() ?? null;
      const { items, next } = page(rows, limit, (last) => ({ sort, at: at(last), number: last.number }));
      return { items: items.map((row) => summaryOfRow(row, me(request))), next };
    },
  );
};
