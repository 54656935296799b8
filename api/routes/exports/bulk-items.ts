/** GET /api/bulk-jobs/:id/export */
import { itemsOf, jobById, type BulkItem } from '../../../db/read/bulk.ts';
import { isoBeijing } from '../../../domain/time.ts';
import { mayReadJob, scopeOfJobs } from '../../http/bulk-sight.ts';
import { choice, text } from '../../http/cells.ts';
import { addFile } from '../../http/list.ts';
import { Problem } from '../../problems/problem.ts';
import { jobId } from '../../schemas/bulk.ts';
import { ITEM_STATUS } from '../../view/codes.ts';
import type { Routes } from '../routes.ts';

export const bulkItemsExport: Routes = async (app, deps) => {
  const { db, rules, clock } = deps;
  addFile<BulkItem, string, { id: typeof jobId }>(app, deps, {
    url: '/api/bulk-jobs/:id/export',
    said: { id: 'exportBulkItems', tag: 'calendars', summary: 'Every case of a bulk job; as CSV or XLSX', problems: ['not-found'] },
    file: { zh: '批量变更案件', en: 'cases of a bulk job' },
    params: { id: jobId },
    columns: {
      case_number: text('案件编号', 'case'),
      status: choice('状态', 'status', ITEM_STATUS),
      code: text('原因', 'why'),
      changes: {
        zh: '时限变化',
        en: 'deadlines',
        type: 'text',
        of: (changes) => changes.map(({ clock: of, from, to }) => `${of} ${isoBeijing(from)} → ${isoBeijing(to)}`).join('\n'),
      },
    },
    page: async ({ request, params: { id }, limit, after = '' }) => {
      const job = await jobById(db, id);
      if (job === undefined || !(await mayReadJob(request, rules, job, clock()))) throw new Problem('not-found');
      const items = await itemsOf(db, job.id, { limit, after, scope: scopeOfJobs(request) });
      return { items, after: items.length < limit ? null : (items.at(-1)?.case_number ?? null) };
    },
  });
};
