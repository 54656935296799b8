/** GET /api/bulk-jobs/:id/export */
import { z } from 'zod';
import { itemsOf, jobById, type BulkItem } from '../../../db/read/bulk.ts';
import type { DueChange } from '../../../db/schema.ts';
import { formatInstant } from '../../../domain/time.ts';
import { mayReadJob, scopeOfJobs } from '../../http/bulk-sight.ts';
import { about } from '../../http/describe.ts';
import { described, exporting, PAGE, sendTable, tableQuery, tableResponses, type Sheet } from '../../http/table.ts';
import { Problem } from '../../problems/problem.ts';
import { jobId } from '../../schemas/bulk.ts';
import type { Routes } from '../routes.ts';

const said = described({
  id: 'exportBulkItems',
  tag: 'calendars',
  summary: 'Every case of a bulk job as CSV or XLSX',
  problems: ['not-found'],
});
const statuses: Readonly<Record<BulkItem['status'], string>> = {
  due: '待处理',
  changed: '已变更',
  unchanged: '无变化',
  skipped: '已跳过',
  refused: '已拒绝',
};

const columns: Sheet<BulkItem>['columns'] = [
  { zh: '案件编号', type: 'text', of: (row) => row.case_number },
  { zh: '状态', type: 'text', of: (row) => statuses[row.status] },
  { zh: '原因', type: 'text', of: (row) => row.code },
  { zh: '时限变化', type: 'text', of: (row) => row.changes.map(change).join(';') },
];

const change = ({ clock, from, to }: DueChange): string => `${clock} ${formatInstant(from)} → ${formatInstant(to)}`;

export const bulkItemsExport: Routes = async (app, { db, rules, clock }) => {
  app.get(
    '/api/bulk-jobs/:id/export',
    {
      ...exporting,
      schema: {
        ...about(said),
        params: z.object({ id: jobId }),
        querystring: z.strictObject(tableQuery),
        response: tableResponses(said),
      },
    },
    async (request, reply) => {
      const job = await jobById(db, request.params.id);
      if (job === undefined || !(await mayReadJob(request, rules, job, clock()))) throw new Problem('not-found');
      return sendTable(reply, request.query.format, clock(), {
        name: '批量变更',
        columns,
        read: (last) => itemsOf(db, job.id, { limit: PAGE, after: last?.case_number ?? '', scope: scopeOfJobs(request) }),
      });
    },
  );
};
