/** The read models of a case against what its events make them. Pure. */
import { caseRow, clockRow, taskRow } from '../db/rows.ts';
import { noticeRows } from '../db/notices.ts';
import { canonicalJson } from '../domain/canonical.ts';
import type { AnyEvent } from '../domain/case/event.ts';
import type { CaseState } from '../domain/case/state.ts';
import type { Difference } from './difference.ts';
import { plain, type PlainRow, type StoredCase } from './stored.ts';

/** `state` is the fold of `events`, which end where the case's row ends. */
export function compareProjection(stored: StoredCase, state: CaseState, events: readonly AnyEvent[]): Difference[] {
  const tasks = Object.values(state.tasks).map((t) => plain(taskRow(state, t)));
  const clocks = Object.values(state.clocks).map((k) => plain(clockRow(state, k)));
  const notices = events.flatMap((e) => noticeRows(state.number, e)).map((row) => plain(row));
  return [
    ...compareCaseRow(stored, state),
    ...compareRows('task', tasks, stored.tasks, (r) => String(r['task_id'])),
    ...compareRows('clock', clocks, stored.clocks.map(asNumber('late_by_ms')), (r) => String(r['clock_id'])),
    // Which notices were read, and their ids, are not the case's.
    ...compareRows(
      'outbox',
      notices,
      stored.notices.map(({ id: _, read_at: __, ...row }) => row),
      (r) => `${String(r['seq'])} ${String(r['recipient'])}`,
    ),
  ];
}

function compareCaseRow({ file }: StoredCase, state: CaseState): Difference[] {
  if (file === undefined) return [];
  const { state: _, ...expected } = plain(caseRow(state));
  const wrong = Object.keys(expected).filter((column) => !same(expected[column], file.columns[column]));
  if (!same(state, file.state)) wrong.push('state');
  return wrong.length === 0 ? [] : [{ kind: 'case-row-different', what: wrong.join(' ') }];
}

function compareRows(
  table: 'task' | 'clock' | 'outbox',
  expected: readonly PlainRow[],
  found: readonly PlainRow[],
  idOf: (row: PlainRow) => string,
): Difference[] {
  const there = new Map(found.map((row) => [idOf(row), row]));
  const known = new Set(expected.map(idOf));
  const differences = expected.flatMap((row): Difference[] => {
    const other = there.get(idOf(row));
    if (other === undefined) return [{ kind: `${table}-missing`, what: idOf(row) }];
    const wrong = Object.keys(row).filter((column) => !same(row[column], other[column]));
    return wrong.length === 0 ? [] : [{ kind: `${table}-different`, what: `${idOf(row)}: ${wrong.join(' ')}` }];
  });
  const extra = found.map(idOf).filter((id) => !known.has(id));
  return [...differences, ...extra.map((what): Difference => ({ kind: `${table}-extra`, what }))];
}

/** PostgreSQL's bigint comes as a text. */
const asNumber =
  (column: string) =>
  (row: PlainRow): PlainRow => ({ ...row, [column]: row[column] === null ? null : Number(row[column]) });

export function same(a: unknown, b: unknown): boolean {
  try {
    return canonicalJson(a) === canonicalJson(b);
  } catch {
    return false;
  }
}
