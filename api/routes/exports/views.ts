/** GET /api/views/:view/export */
import { z } from 'zod';
import { casesInView, type ViewRow } from '../../../db/read/views.ts';
import { caseViews, viewNames, type CaseView } from '../../../domain/case/views.ts';
import { about } from '../../http/describe.ts';
import { described, exporting, PAGE, sendTable, tableQuery, tableResponses, type Sheet } from '../../http/table.ts';
import { me } from '../../plugins/auth.ts';
import { day } from '../../schemas/common.ts';
import { instantOf, periodOf, withCells } from '../../view/case-view.ts';
import type { Routes } from '../routes.ts';

const said = described({ id: 'exportView', tag: 'views', summary: 'A register that is a view over cases as CSV or XLSX' });
const query = z.strictObject({ ...tableQuery, from: day.optional(), to: day.optional() });

interface Line {
  readonly row: ViewRow;
  readonly cells: Readonly<Record<string, unknown>>;
}

export const viewsExport: Routes = async (app, { db, clock }) => {
  app.get(
    '/api/views/:view/export',
    {
      ...exporting,
      schema: { ...about(said), params: z.object({ view: z.enum(viewNames) }), querystring: query, response: tableResponses(said) },
    },
    async (request, reply) => {
      const view = caseViews.find(({ name }) => name === request.params.view) as CaseView;
      const reader = { scope: me(request), at: clock() };
      const scope = me(request);
      const read = async (last: Line | undefined): Promise<Line[]> => {
        const after = last === undefined ? undefined : { at: instantOf(view, last.row), number: last.row.number };
        const rows = (await casesInView(db, scope, view, { limit: PAGE, ...periodOf(request.query), after })).slice(0, PAGE);
        const shown = await withCells(db, view, rows, reader);
        return rows.map((row, i) => ({ row, cells: shown[i]?.cells ?? {} }));
      };
      return sendTable(reply, request.query.format, clock(), { name: view.zh, columns: columnsOf(view), read });
    },
  );
};

function columnsOf({ columns }: CaseView): Sheet<Line>['columns'] {
  return [
    { zh: '统一编号', type: 'text', of: ({ row }) => row.number },
    { zh: '类型', type: 'text', of: ({ row }) => row.kind },
    { zh: '等级', type: 'text', of: ({ row }) => row.severity },
    { zh: '状态', type: 'text', of: ({ row }) => (row.status === 'open' ? '未办结' : '已办结') },
    { zh: '受理时间', type: 'instant', of: ({ row }) => row.opened_at.getTime() },
    { zh: '办结时间', type: 'instant', of: ({ row }) => row.closed_at?.getTime() },
    ...columns.map(({ name, zh }) => ({ zh, type: 'text' as const, of: ({ cells }: Line) => wordsOf(cells[name]) })),
  ];
}

/** Several in one cell, a line each. */
function wordsOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return Array.isArray(value) ? value.map(String).join('\n') : String(value as string | number | boolean);
}
