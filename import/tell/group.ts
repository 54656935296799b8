/** Rows of one case stand together, wherever they are in the file. */
import type { Mapping } from '../mapping/schema.ts';
import type { RowProblem } from '../problem.ts';
import type { ReadRow } from './read-row.ts';

export interface Grouped {
  readonly groups: readonly (readonly ReadRow[])[];
  readonly problems: readonly RowProblem[];
}

/** In the order in which the cases first appear. Where each row is a case, a key that stands twice is a bad row. */
export function groupRows(rows: readonly ReadRow[], { rows: kind, key: column }: Pick<Mapping, 'rows' | 'key'>): Grouped {
  const groups = new Map<string, ReadRow[]>();
  const problems: RowProblem[] = [];
  for (const row of rows) {
    const group = groups.get(row.key);
    if (group === undefined) groups.set(row.key, [row]);
    else if (kind === 'event') group.push(row);
    else {
      problems.push({
        line: row.line,
        column,
        what: `the key stands in line ${group[0]!.line} already`,
        remedy: 'remove one of the two, or map the register with rows: event',
      });
    }
  }
  return { groups: [...groups.values()], problems };
}
