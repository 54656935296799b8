/** GET /api/tasks/export */
import { z } from 'zod';
import { tasksFor, type TaskRow } from '../../../db/read/tasks.ts';
import type { Pack } from '../../../domain/pack.ts';
import { about } from '../../http/describe.ts';
import { pinnedPack } from '../../http/pack.ts';
import { cut, described, exporting, PAGE, sendTable, tableQuery, tableResponses, type Sheet } from '../../http/table.ts';
import { me } from '../../plugins/auth.ts';
import { stepLabel } from '../../view/case.ts';
import { alsoOptional } from '../tasks/mine.ts';
import type { Routes } from '../routes.ts';

const said = described({ id: 'exportMyTasks', tag: 'tasks', summary: 'My open tasks as CSV or XLSX' });
const query = z.strictObject({ ...tableQuery, optional: alsoOptional });

type Task = TaskRow & { readonly label: string };
const columns: Sheet<Task>['columns'] = [
  { zh: '案件编号', type: 'text', of: (row) => row.case_number },
  { zh: '制度包', type: 'text', of: (row) => row.pack_id },
  { zh: '类型', type: 'text', of: (row) => row.kind },
  { zh: '等级', type: 'text', of: (row) => row.severity },
  { zh: '任务编号', type: 'text', of: (row) => row.task_id },
  { zh: '任务', type: 'text', of: (row) => row.label },
  { zh: '条款', type: 'text', of: (row) => row.clause },
  { zh: '岗位', type: 'text', of: (row) => row.roles.join('、') },
  { zh: '承办人', type: 'text', of: (row) => row.holder },
  { zh: '轮次', type: 'integer', of: (row) => row.round },
  { zh: '可选', type: 'boolean', of: (row) => row.optional },
  { zh: '升级', type: 'boolean', of: (row) => row.escalation },
  { zh: '开始时间', type: 'instant', of: (row) => row.opened_at.getTime() },
  { zh: '到期时间', type: 'instant', of: (row) => row.due_at?.getTime() },
  { zh: '已超时', type: 'boolean', of: (row) => row.breached },
];

export const tasksExport: Routes = async (app, { db, rules, clock }) => {
  app.get(
    '/api/tasks/export',
    { ...exporting, schema: { ...about(said), querystring: query, response: tableResponses(said) } },
    async (request, reply) => {
      const { format, optional } = request.query;
      const scope = me(request);
      const pinned = new Map<string, Pack | undefined>();
      const labelled = async (row: TaskRow): Promise<Task> => {
        const { pack_hash: hash, step } = row;
        if (!pinned.has(hash)) pinned.set(hash, await pinnedPack(rules, hash));
        return { ...row, label: stepLabel(step, pinned.get(hash))?.zh ?? step };
      };
      return sendTable(reply, format, clock(), {
        name: '我的任务',
        columns,
        read: async (last) => {
          const after =
            last === undefined ? undefined : { due: last.due_at?.getTime() ?? null, number: last.case_number, task: last.task_id };
          const rows = cut(await tasksFor(db, scope, { limit: PAGE, optional: optional === 'true', after }));
          const labelledRows: Task[] = [];
          for (const row of rows) labelledRows.push(await labelled(row));
          return labelledRows;
        },
      });
    },
  );
};
