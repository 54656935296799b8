/** GET /api/cases/:number/events/export */
import { z } from 'zod';
import { documentLabels } from '../../../db/labels.ts';
import { eventsOf, type EventRow } from '../../../db/read/events.ts';
import { about } from '../../http/describe.ts';
import { caseFor } from '../../http/find.ts';
import { withoutUnread } from '../../http/papers.ts';
import { cut, described, exporting, PAGE, sendTable, tableQuery, tableResponses, type Sheet } from '../../http/table.ts';
import { caseNumber } from '../../schemas/common.ts';
import { eventOfRow } from '../../view/event.ts';
import type { Routes } from '../routes.ts';

const said = described({ id: 'exportEvents', tag: 'cases', summary: 'The timeline of a case as CSV or XLSX', problems: ['not-found'] });

const columns: Sheet<EventRow>['columns'] = [
  { zh: '序号', type: 'integer', of: ({ event }) => event.seq },
  { zh: '事件', type: 'text', of: ({ event }) => event.kind },
  { zh: '发生时间', type: 'instant', of: ({ event }) => event.occurredAt },
  { zh: '记录时间', type: 'instant', of: ({ event }) => event.recordedAt },
  { zh: '条款', type: 'text', of: (row) => eventOfRow(row).clause },
  { zh: '人员', type: 'text', of: (row) => eventOfRow(row).actor?.person },
  { zh: '岗位', type: 'text', of: (row) => eventOfRow(row).actor?.role },
  { zh: '内容', type: 'text', of: (row) => JSON.stringify(eventOfRow(row).data) },
  { zh: '散列值', type: 'text', of: ({ hash }) => hash },
];

export const eventsExport: Routes = async (app, { db, clock }) => {
  app.get(
    '/api/cases/:number/events/export',
    {
      ...exporting,
      schema: {
        ...about(said),
        params: z.object({ number: caseNumber }),
        querystring: z.strictObject(tableQuery),
        response: tableResponses(said),
      },
    },
    async (request, reply) => {
      const { number } = request.params;
      const found = await caseFor(db, request, number);
      const unread = withoutUnread(request, found, await documentLabels(db, number));
      return sendTable(reply, request.query.format, clock(), {
        name: `案件记录-${number.slice(0, 24)}`,
        columns,
        read: async (last) => cut((await eventsOf(db, number, last?.event.seq ?? 0, PAGE)).map(unread)),
      });
    },
  );
};
