/** A register as read: rows of cells by heading, whatever kind of file it came from. */
import type { RowProblem } from '../problem.ts';

export interface Cell {
  /** As people read it, trimmed. */
  readonly text: string;
  /** A spreadsheet's date: wall time as if it were UTC, in milliseconds. Spreadsheets know no zone. */
  readonly wall?: number;
  /** Why the cell cannot be used, if it cannot. Only told when the mapping uses its column. */
  readonly fault?: Pick<RowProblem, 'what' | 'remedy'>;
}

export interface Row {
  readonly line: number;
  readonly cells: ReadonlyMap<string, Cell>;
}

export interface Register {
  /** `CSV, UTF-8` or `XLSX, sheet "2016"`. */
  readonly kind: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** Rows that could not be taken apart at all. */
  readonly problems: readonly RowProblem[];
}

/** How to read the file, where it cannot be seen from it. */
export interface FileOptions {
  readonly encoding?: 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be' | undefined;
  readonly delimiter?: string | undefined;
  /** Name of the sheet; default: the first. */
  readonly sheet?: string | undefined;
}

export const MAX_BYTES = 100 * 1024 * 1024;
export const MAX_ROWS = 200_000;

/** Headings without blanks around them. A heading that stands twice would leave its cells in doubt. */
export function twice(columns: readonly string[]): string | undefined {
  return columns.find((name, i) => name !== '' && columns.indexOf(name) !== i);
}
