/** GET /api/views and GET /api/views/:view */
import { z } from 'zod';
import { note } from '../../../db/journal.ts';
import { casesInView, filedIn, type FiledForm, type ViewRow } from '../../../db/read/views.ts';
import { caseViews, viewNames, type CaseView } from '../../../domain/case/views.ts';
import { endOfDay, startOfDay } from '../../../domain/time.ts';
import { fromCursor, page } from '../../http/cursor.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { me } from '../../plugins/auth.ts';
import { day, instant, label, next, paging } from '../../schemas/common.ts';
import { named } from '../../schemas/registry.ts';
import { iso, isoOfDate } from '../../view/instants.ts';
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

const query = z.strictObject({ ...paging, from: day.optional(), to: day.optional() });
const after = z.strictObject({ view: z.string(), at: z.number(), number: z.string() });
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
named.add(row, { id: 'ViewRow' });

export const viewRoutes: Routes = async (app, { db, clock }) => {
  app.get(
    '/api/views',
    { schema: { ...about(list), response: { 200: z.object({ items: z.array(described) }), ...problemsOf(list) } } },
    () => ({ items: caseViews.map(head) }),
  );
  app.get(
    '/api/views/:view',
    {
      schema: {
        ...about(one),
        params: z.object({ view: z.enum(viewNames) }),
        querystring: query,
        response: { 200: z.object({ view: described, items: z.array(row), next }), ...problemsOf(one) },
      },
    },
    async (request) => {
      const { limit, cursor, from, to } = request.query;
      const view = caseViews.find(({ name }) => name === request.params.view) as CaseView;
      const seen = fromCursor(
        after.refine((c) => c.view === view.name),
        cursor,
      );
      const rows = await casesInView(db, me(request), view, {
        limit,
        from: from === undefined ? undefined : startOfDay(from),
        to: to === undefined ? undefined : endOfDay(to),
        after: seen,
      });
      const { items, next: cursorOfNext } = page(rows, limit, (last) => ({
        view: view.name,
        at: instantOf(view, last),
        number: last.number,
      }));
      const filed = await filedIn(
        db,
        items.map(({ number }) => number),
        [...new Set(view.columns.flatMap(({ steps }) => steps))],
      );
      if (items.length > 0) {
        const what = { view: view.name, cases: items.map(({ number }) => number).join(' ') };
        await note(db, { kind: 'read', at: clock(), person: me(request).person, what });
      }
      const byCase = Map.groupBy(filed, ({ number }) => number);
      return { view: head(view), items: items.map((each) => rowView(view, each, byCase.get(each.number) ?? [])), next: cursorOfNext };
    },
  );
};

const head = ({ name, zh, en, clause, columns }: CaseView) => ({
  name,
  zh,
  en,
  clause,
  columns: columns.map(({ name: id, zh: words, en: english }) => ({ name: id, zh: words, en: english })),
});

const instantOf = (view: CaseView, last: ViewRow): number =>
  (view.by === 'opened' ? last.opened_at : (last.closed_at ?? last.opened_at)).getTime();

function rowView({ columns }: CaseView, each: ViewRow, filed: readonly FiledForm[]) {
  const { number, pack_id: pack, kind, severity, stage, status } = each;
  const cells = columns.flatMap(({ name, steps, field, all }): [string, unknown][] => {
    const values = filed.filter(({ step, form }) => steps.includes(step) && Object.hasOwn(form, field)).map(({ form }) => form[field]);
    return values.length === 0 ? [] : [[name, all === true ? values : values.at(-1)]];
  });
  return {
    ...{ number, pack, kind, severity, stage, status },
    openedAt: iso(each.opened_at.getTime()),
    closedAt: isoOfDate(each.closed_at),
    cells: Object.fromEntries(cells),
  };
}
