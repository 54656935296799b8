/** GET /api/views and GET /api/views/:view */
import { z } from 'zod';
import { choice, kindName, severityName, stageName, text, time } from '../../http/cells.ts';
import { addList, cellsOf, type Columns } from '../../http/list.ts';
import { cut } from '../../http/cursor.ts';
import { casesInView } from '../../../db/read/views.ts';
import { filledIn } from '../../../domain/case/acts.ts';
import type { Pack } from '../../../domain/pack.ts';
import type { Said } from '../../../sheets/table.ts';
import { caseViews, viewNames, viewOf, type CaseView, type ViewColumn } from '../../../domain/case/views.ts';
import type { Described } from '../../http/describe.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { day, instant, label } from '../../schemas/common.ts';
import { named as registry } from '../../schemas/registry.ts';
import { CASE_STATUS } from '../../view/codes.ts';
import type { Say } from '../../http/say-in.ts';
import type { CellOf } from '../../http/table.ts';
import { instantOf, periodOf, withCells } from '../../view/case-view.ts';
import type { Routes } from '../routes.ts';

const list: Described = { id: 'listViews', tag: 'views', summary: 'Registers that are views over cases' };
const one: Described = {
  id: 'getView',
  tag: 'views',
  summary: 'A register that is a view over cases, newest first',
  description:
    'Only cases that concern the reader. `from` and `to` are Beijing days, both included, of the opening; of `year-file`, of the closing.',
  problems: ['bad-cursor'],
};

const filter = {
  from: day.optional(),
  to: day.optional(),
  customer: z.string().max(64).optional().describe('Of this customer file: `customer-services`'),
};
const after = z.strictObject({ view: z.string(), customer: z.string().optional(), at: z.number(), number: z.string() });
const column = label.extend({ name: z.string() });
const described = label.extend({ name: z.string(), clause: z.string(), columns: z.array(column) });
const row = z.object({
  number: z.string(),
  pack: z.string(),
  kind: z.string(),
  severity: z.string(),
  stage: z.string(),
  status: z.enum(['open', 'closed']),
  openedAt: instant,
  closedAt: instant.nullable(),
  cells: z.record(z.string(), z.unknown()).describe('By column; a list where every form filed counts; absent: nothing was filled in'),
});
registry.add(row, { id: 'ViewRow' });

type Row = z.output<typeof row>;
const ofCase: Columns<Row> = {
  number: text('统一编号', 'number'),
  pack: text('制度包', 'pack'),
  kind: kindName('类型', 'kind'),
  severity: severityName('等级', 'severity'),
  stage: stageName('阶段', 'stage'),
  status: choice('状态', 'status', CASE_STATUS),
  openedAt: time('受理时间', 'opened'),
  closedAt: time('办结时间', 'closed'),
  cells: [],
};
/** What the forms say in a column, options by their words; several in one cell, a line each. */
const filled = (column: ViewColumn): CellOf<Row, Say> => ({
  ...{ zh: column.zh, en: column.en, type: 'text' },
  of: async ({ pack, kind, cells: { [column.name]: value } }, say) => {
    if (value === undefined || value === null) return null;
    const values = [value as string | number | boolean].flat().map(String);
    const lines = values.map((one) => say.ofPack(pack, (found) => optionOf(found, kind, column, one), one));
    return (await Promise.all(lines)).join('\n');
  },
});
const optionOf = (pack: Pack, kind: string, { steps, field }: ViewColumn, value: string): Said | undefined =>
  steps
    .map((step) => filledIn(pack, step, kind)?.fields.find(({ name }) => name === field)?.optionLabels?.[value])
    .find((label) => label !== undefined);
const named = (name: string): CaseView => caseViews.find((view) => view.name === name) as CaseView;

export const viewRoutes: Routes = async (app, deps) => {
  const { db, clock } = deps;
  addList(app, deps, {
    url: '/api/views',
    said: list,
    file: { zh: '视图登记表', en: 'views' },
    item: described,
    columns: {
      zh: { zh: '名称', en: 'view', type: 'text', of: (_, view, { lang }) => view[lang] },
      en: [],
      name: text('编号', 'id'),
      clause: text('条款', 'clause'),
      columns: { zh: '栏目', en: 'columns', type: 'text', of: (columns, _, { lang }) => columns.map((one) => one[lang]).join('、') },
    },
    page: async () => ({ items: caseViews.map(head), after: null }),
  });
  addList(app, deps, {
    url: '/api/views/:view',
    said: one,
    file: ({ params: { view } }) => named(view),
    params: { view: z.enum(viewNames) },
    filter,
    more: { view: described },
    cursor: after,
    item: row,
    columns: ({ params: { view } }) => [...cellsOf(ofCase), ...named(view).columns.map(filled)],
    page: async ({ request, params, query: { customer, ...period }, limit, after: last, as }) => {
      const view = viewOf(named(params.view), customer);
      if (view === undefined)
        throw new Problem('bad-request', { zh: '此登记表不能按客户筛选。', en: 'This view is not narrowed to a customer.' });
      if (last !== undefined && (last.view !== view.name || last.customer !== customer)) throw new Problem('bad-cursor');
      const rows = await casesInView(db, me(request), view, { limit, ...periodOf(period), after: last });
      const { items, after: following } = cut(rows, limit, (each) => ({
        view: view.name,
        ...(customer === undefined ? {} : { customer }),
        at: instantOf(view, each),
        number: each.number,
      }));
      const shown = await withCells(db, view, items, { scope: me(request), at: clock(), as });
      return { items: shown, after: following, more: { view: head(view) } };
    },
  });
};

const head = ({ name, zh, en, clause, columns }: CaseView) => ({
  name,
  zh,
  en,
  clause,
  columns: columns.map(({ name: id, zh: words, en: english }) => ({ name: id, zh: words, en: english })),
});
