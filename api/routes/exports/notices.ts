/** GET /api/notices/export */
import { z } from 'zod';
import { noticesFor, type NoticeRow } from '../../../db/read/notices.ts';
import { about } from '../../http/describe.ts';
import { cut, described, exporting, PAGE, sendTable, tableQuery, tableResponses, type Sheet } from '../../http/table.ts';
import { me } from '../../plugins/auth.ts';
import { alsoRead } from '../../schemas/common.ts';
import type { Routes } from '../routes.ts';

const said = described({ id: 'exportNotices', tag: 'notices', summary: 'Notices to my roles and to me as CSV or XLSX' });
const query = z.strictObject({ ...tableQuery, all: alsoRead });

const columns: Sheet<NoticeRow>['columns'] = [
  { zh: '编号', type: 'text', of: (row) => row.id },
  { zh: '案件编号', type: 'text', of: (row) => (row.register === null ? row.case_number : null) },
  { zh: '登记编号', type: 'text', of: (row) => (row.register === null ? null : row.case_number) },
  { zh: '事件序号', type: 'integer', of: (row) => row.seq },
  { zh: '收件', type: 'text', of: (row) => row.recipient },
  { zh: '通知', type: 'text', of: (row) => row.kind },
  { zh: '内容', type: 'text', of: (row) => JSON.stringify(row.body) },
  { zh: '送达人员', type: 'text', of: (row) => row.persons?.join('、') },
  { zh: '产生时间', type: 'instant', of: (row) => row.created_at.getTime() },
  { zh: '已读时间', type: 'instant', of: (row) => row.read_at?.getTime() },
];

export const noticesExport: Routes = async (app, { db, clock }) => {
  app.get(
    '/api/notices/export',
    { ...exporting, schema: { ...about(said), querystring: query, response: tableResponses(said) } },
    async (request, reply) => {
      const { format, all } = request.query;
      const scope = me(request);
      return sendTable(reply, format, clock(), {
        name: '通知',
        columns,
        read: async (last) => cut(await noticesFor(db, scope, { limit: PAGE, all: all === 'true', before: last?.id })),
      });
    },
  );
};
