/** GET /api/cases/:number/events/export */
import { z } from 'zod';
import { eventsOf } from '../../../db/read/events.ts';
import { about } from '../../http/describe.ts';
import { caseFor } from '../../http/find.ts';
import { cut, described, exporting, PAGE, sendTable, tableQuery, tableResponses, type Sheet } from '../../http/table.ts';
import { caseNumber } from '../../schemas/common.ts';
import { eventOfRow } from '../../view/event.ts';
import type { Routes } from '../routes.ts';

const said = described({ id: 'exportEvents', tag: 'cases', summary: 'The record of a case as CSV or XLSX', problems: ['not-found'] });

type Told = ReturnType<typeof eventOfRow>;
const columns: Sheet<Told>['columns'] = [
  { zh: '序号', type: 'integer', of: ({ seq }) => seq },
  { zh: '事件', type: 'text', of: ({ kind }) => kind },
  { zh: '发生时间', type: 'instant', of: ({ occurredAt }) => Date.parse(occurredAt) },
  { zh: '记录时间', type: 'instant', of: ({ recordedAt }) => Date.parse(recordedAt) },
  { zh: '条款', type: 'text', of: ({ clause }) => clause },
  { zh: '人员', type: 'text', of: ({ actor }) => actor?.person },
  { zh: '岗位', type: 'text', of: ({ actor }) => actor?.role },
  { zh: '内容', type: 'text', of: ({ data }) => JSON.stringify(data) },
  { zh: '有内容不显示', type: 'boolean', of: ({ withheld }) => withheld },
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
      const { veil } = await caseFor(db, request, number);
      return sendTable(reply, request.query.format, clock(), {
        name: `案件记录-${number.slice(0, 24)}`,
        columns,
        read: async (last) => cut((await eventsOf(db, number, last?.seq ?? 0, PAGE)).map((row) => eventOfRow(row, veil))),
      });
    },
  );
};
