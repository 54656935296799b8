/** GET /api/absences/export */
import { z } from 'zod';
import type { AbsenceRow } from '../../../db/read/absences.ts';
import { about } from '../../http/describe.ts';
import { described, exporting, sendTable, tableQuery, tableResponses, type Sheet } from '../../http/table.ts';
import { me } from '../../plugins/auth.ts';
import { absencesSeenBy } from '../absences/absences.ts';
import type { Routes } from '../routes.ts';

const said = described({ id: 'exportAbsences', tag: 'absences', summary: 'Absences that are not over as CSV or XLSX' });

const columns: Sheet<AbsenceRow>['columns'] = [
  { zh: '编号', type: 'text', of: (row) => row.id },
  { zh: '人员', type: 'text', of: (row) => row.person },
  { zh: '代理人', type: 'text', of: (row) => row.substitute },
  { zh: '开始时间', type: 'instant', of: (row) => row.starts_at.getTime() },
  { zh: '结束时间', type: 'instant', of: (row) => row.ends_at.getTime() },
  { zh: '制度包', type: 'text', of: (row) => row.pack_id },
  { zh: '岗位', type: 'text', of: (row) => row.role },
  { zh: '原因', type: 'text', of: (row) => row.reason },
  { zh: '登记人', type: 'text', of: (row) => row.entered_by },
  { zh: '登记时间', type: 'instant', of: (row) => row.entered_at.getTime() },
  { zh: '提前结束', type: 'instant', of: (row) => row.ended_at?.getTime() },
];

export const absencesExport: Routes = async (app, { db, rules, clock }) => {
  app.get(
    '/api/absences/export',
    { ...exporting, schema: { ...about(said), querystring: z.strictObject(tableQuery), response: tableResponses(said) } },
    async (request, reply) => {
      const rows = await absencesSeenBy(db, me(request), rules, clock());
      return sendTable(reply, request.query.format, clock(), {
        name: '缺勤',
        columns,
        // The list is one page.
        read: async (last) => (last === undefined ? rows : []),
      });
    },
  );
};
