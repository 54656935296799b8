/** GET /api/cases/export */
import { z } from 'zod';
import { listCases, seenOf, type CaseRow } from '../../../db/read/cases.ts';
import type { Reader } from '../../../domain/case/concern.ts';
import { about } from '../../http/describe.ts';
import { cut, described, exporting, PAGE, sendTable, tableQuery, tableResponses, type Sheet } from '../../http/table.ts';
import { me } from '../../plugins/auth.ts';
import { secrecyOfCase } from '../../view/secrecy.ts';
import { caseFilter } from '../cases/list.ts';
import type { Routes } from '../routes.ts';

const said = described({ id: 'exportCases', tag: 'cases', summary: 'Cases as CSV or XLSX' });
const query = z.strictObject({ ...tableQuery, ...caseFilter });

const columnsFor = (reader: Reader): Sheet<CaseRow>['columns'] => [
  { zh: '案件编号', type: 'text', of: (row) => row.number },
  { zh: '制度包', type: 'text', of: (row) => row.pack_id },
  { zh: '类型', type: 'text', of: (row) => row.kind },
  { zh: '等级', type: 'text', of: (row) => row.severity },
  { zh: '阶段', type: 'text', of: (row) => row.stage },
  { zh: '状态', type: 'text', of: (row) => (row.status === 'open' ? '未办结' : '已办结') },
  { zh: '结案原因', type: 'text', of: (row) => row.reason },
  { zh: '轮次', type: 'integer', of: (row) => row.round },
  { zh: '受理时间', type: 'instant', of: (row) => row.opened_at.getTime() },
  { zh: '办结时间', type: 'instant', of: (row) => row.closed_at?.getTime() },
  { zh: '最近时限', type: 'instant', of: (row) => row.next_due_at?.getTime() },
  { zh: '时限待定', type: 'boolean', of: (row) => row.next_due_provisional },
  { zh: '超时次数', type: 'integer', of: (row) => row.breaches },
  { zh: '升级次数', type: 'integer', of: (row) => row.escalations },
  { zh: '升级至', type: 'text', of: (row) => row.escalated_to },
  { zh: '房号或部门', type: 'text', of: (row) => row.unit },
  { zh: '密级', type: 'text', of: (row) => secrecyOfCase(seenOf(row), reader).zh },
];

export const casesExport: Routes = async (app, { db, clock }) => {
  app.get(
    '/api/cases/export',
    { ...exporting, schema: { ...about(said), querystring: query, response: tableResponses(said) } },
    async (request, reply) => {
      const { format, status, q, ...filter } = request.query;
      const scope = me(request);
      const now = clock();
      const wanted = { ...filter, prefix: q, ...(status === 'all' ? {} : { status }) };
      return sendTable(reply, format, now, {
        name: '案件清单',
        columns: columnsFor(scope),
        read: async (last) => {
          const after = last === undefined ? undefined : { at: last.opened_at.getTime(), number: last.number };
          return cut(await listCases(db, scope, wanted, { sort: 'opened', limit: PAGE, after, now }));
        },
      });
    },
  );
};
