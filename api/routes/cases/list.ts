/** GET /api/cases */
import { z } from 'zod';
import { choice, kindName, known, roleName, severityName, stageName, text, time, whole, words, yes } from '../../http/cells.ts';
import { addList } from '../../http/list.ts';
import { cut } from '../../http/cursor.ts';
import { listCases, type CaseRow } from '../../../db/read/cases.ts';
import { atLeastAmong, atLeastOf } from '../../http/at-least.ts';
import type { Described } from '../../http/describe.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { caseSummary } from '../../schemas/cases.ts';
import { flag, packId } from '../../schemas/common.ts';
import { CASE_ENDS, CASE_STATUS } from '../../view/codes.ts';
import { summaryOfRow } from '../../view/summary.ts';
import type { Routes } from '../routes.ts';

const word = z.string().min(1).max(64);
/** What the list and its file are narrowed by. */
const caseFilter = {
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
const jsonOnly = {
  sort: z
    .enum(['due', 'opened'])
    .optional()
    .describe('`due` (open cases only): next due first. `opened`: newest first. Default: `due` for open cases'),
  ...atLeastOf,
};

const described: Described = { id: 'listCases', tag: 'cases', summary: 'List cases', problems: ['bad-cursor', 'not-yet'] };
const after = z.strictObject({ sort: z.enum(['due', 'opened']), at: z.number().nullable(), number: z.string() });

export const listRoute: Routes = async (app, deps) => {
  const { db, clock } = deps;
  addList(app, deps, {
    url: '/api/cases',
    said: described,
    file: { zh: '案件清单', en: 'cases' },
    filter: caseFilter,
    only: jsonOnly,
    cursor: after,
    item: caseSummary,
    columns: {
      number: text('案件编号', 'case'),
      pack: text('制度包', 'pack'),
      kind: kindName('类型', 'kind'),
      severity: severityName('等级', 'severity'),
      stage: stageName('阶段', 'stage'),
      status: choice('状态', 'status', CASE_STATUS),
      reason: known('结案原因', 'how it ended', CASE_ENDS),
      round: whole('轮次', 'round'),
      openedAt: time('受理时间', 'opened'),
      closedAt: time('办结时间', 'closed'),
      nextDueAt: time('最近时限', 'next due'),
      nextDueProvisional: yes('时限待定', 'due provisional'),
      breaches: whole('超时次数', 'breaches'),
      escalations: whole('升级次数', 'escalations'),
      escalatedTo: roleName('升级至', 'escalated to'),
      unit: text('房号或部门', 'unit'),
      secrecy: words('密级', 'secrecy'),
      needsOperators: yes('待运维处理', 'needs operators'),
      seq: [],
    },
    page: async ({ request, query: { min_seq: _, min_case: __, sort: asked, status, q, ...filter }, limit, after: from, as }) => {
      await atLeastAmong(db, request);
      // A due instant that moves while a file is made would stand in it twice.
      const sort = asked ?? (status === 'open' && as.export === undefined ? 'due' : 'opened');
      if (sort === 'due' && status !== 'open')
        throw new Problem('bad-request', { zh: 'sort=due 仅用于未办结案件。', en: 'sort=due is for open cases.' });
      if (from !== undefined && from.sort !== sort) throw new Problem('bad-cursor');
      const wanted = { ...filter, prefix: q, ...(status === 'all' ? {} : { status }) };
      const rows = await listCases(db, me(request), wanted, { sort, limit, after: from, now: clock() });
      const at = (row: CaseRow): number | null => (sort === 'due' ? row.next_due_at : row.opened_at)?.getTime() ?? null;
      return cut(
        rows,
        limit,
        (last) => ({ sort, at: at(last), number: last.number }),
        (row) => summaryOfRow(row, me(request)),
      );
    },
  });
};
