/** What the rows of a case say has happened, in the order in which it did. */
import type { Instant } from '../../domain/time.ts';
import type { MomentName } from '../mapping/schema.ts';
import type { RowProblem } from '../problem.ts';
import type { Row } from '../../sheets/table.ts';
import type { Mark, ReadRow } from './read-row.ts';

export interface Happening {
  readonly name: Exclude<MomentName, 'opened'>;
  readonly at: Instant;
  readonly column: string;
  readonly line: number;
  readonly row: Row;
}

/** Rows by their time of change; of the same minute, as they stand. */
export function inOrder(group: readonly ReadRow[]): { rows: readonly ReadRow[]; notes: RowProblem[] } {
  const notes: RowProblem[] = [];
  group.forEach((row, i) => {
    const before = group[i - 1];
    if (before?.order === undefined || row.order === undefined || row.order >= before.order) return;
    notes.push({
      line: row.line,
      what: `is earlier than line ${before.line} of the same case`,
      remedy: 'nothing: it is told in the order of its time',
    });
  });
  return { rows: notes.length === 0 ? group : group.toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0)), notes };
}

/** Marks whose counters have risen, by time. One that lies before the opening is bad. */
export function marksOf(rows: readonly ReadRow[], opened: Instant): { happenings: Happening[]; problems: RowProblem[] } {
  const problems: RowProblem[] = [];
  const happenings: Happening[] = [];
  rows.forEach(({ row, line, marks }, i) => {
    for (const mark of marks) {
      if (!hasRisen(mark, rows[i - 1])) continue;
      const { name, at, column } = mark;
      if (at < opened) problems.push({ line, column, what: 'lies before the opening of the case', remedy: 'correct one of the two times' });
      else happenings.push({ name: name as Happening['name'], at, column, line, row });
    }
  });
  return { happenings: happenings.sort((a, b) => a.at - b.at), problems };
}

/** Against the row before; the first row of a case has nothing to rise from. */
function hasRisen({ name, counters }: Mark, before: ReadRow | undefined): boolean {
  const then = before?.marks.find((mark) => mark.name === name)?.counters;
  return Object.entries(counters).every(([column, count]) => then !== undefined && count > (then[column] ?? 0));
}
