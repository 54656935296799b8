/** GET /api/cases/:number/events/export */
import { eventsOf } from '../../../db/read/events.ts';
import { json, text, time, whole, yes } from '../../http/cells.ts';
import { cut } from '../../http/cursor.ts';
import { caseFor } from '../../http/find.ts';
import { addFile } from '../../http/list.ts';
import { caseNumber } from '../../schemas/common.ts';
import { eventOfRow } from '../../view/event.ts';
import type { Routes } from '../routes.ts';

export const eventsExport: Routes = async (app, deps) => {
  addFile<ReturnType<typeof eventOfRow>, number, { number: typeof caseNumber }>(app, deps, {
    url: '/api/cases/:number/events/export',
    said: { id: 'exportEvents', tag: 'cases', summary: 'The record of a case; as CSV or XLSX', problems: ['not-found'] },
    file: ({ params: { number } }) => ({ zh: `案件记录-${number.slice(0, 24)}`, en: `timeline-${number.slice(0, 22)}` }),
    params: { number: caseNumber },
    columns: {
      seq: whole('序号', 'event'),
      kind: text('事件', 'what'),
      occurredAt: time('发生时间', 'happened'),
      recordedAt: time('记录时间', 'recorded'),
      clause: text('条款', 'clause'),
      actor: [
        { zh: '人员', en: 'person', type: 'text', of: (actor) => actor?.person },
        { zh: '岗位', en: 'role', type: 'text', of: (actor) => actor?.role },
        { zh: '代', en: 'for', type: 'text', of: (actor) => actor?.for },
      ],
      past: yes('补录', 'of the past'),
      outside: yes('未经受理台', 'past the desk'),
      forged: text('冒充受理台', 'claims to be the desk'),
      data: json('内容', 'content'),
      withheld: yes('有内容不显示', 'something is withheld'),
      hash: text('散列值', 'hash'),
    },
    page: async ({ request, params: { number }, limit, after = 0 }) => {
      const { veil } = await caseFor(deps.db, request, number);
      return cut(
        await eventsOf(deps.db, number, after, limit),
        limit,
        ({ event }) => event.seq,
        (row) => eventOfRow(row, veil),
      );
    },
  });
};
