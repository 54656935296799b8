/** Rows of a register that is a view over cases, with what the forms of each case say. */
import type { Db } from '../../db/database.ts';
import { note } from '../../db/journal.ts';
import { filedIn, type FiledForm, type ViewRow } from '../../db/read/views.ts';
import type { Scope } from '../../db/read/scope.ts';
import type { CaseView } from '../../domain/case/views.ts';
import { endOfDay, startOfDay, type Day, type Instant } from '../../domain/time.ts';
import { iso, isoOfDate } from './instants.ts';

/** Both days included. */
export const periodOf = ({ from, to }: { from?: Day | undefined; to?: Day | undefined }) => ({
  from: from === undefined ? undefined : startOfDay(from),
  to: to === undefined ? undefined : endOfDay(to),
});

/** What a view is in the order of. */
export const instantOf = (view: CaseView, { opened_at, closed_at }: ViewRow): Instant =>
  (view.by === 'opened' ? opened_at : (closed_at ?? opened_at)).getTime();

/** Whoever reads the wording of forms is noted in the journal. */
export async function withCells(
  db: Db,
  view: CaseView,
  rows: readonly ViewRow[],
  { scope, at, as }: { readonly scope: Scope; readonly at: Instant; readonly as: { readonly export?: string } },
) {
  const numbers = rows.map(({ number }) => number);
  const filed = await filedIn(db, scope, numbers, [...new Set(view.columns.flatMap(({ steps }) => steps))]);
  if (rows.length > 0)
    await note(db, { kind: 'read', person: scope.person, at, what: { view: view.name, cases: numbers.join(' '), ...as } });
  const byCase = Map.groupBy(filed, ({ number }) => number);
  return rows.map((each) => rowView(view, each, byCase.get(each.number) ?? []));
}

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
