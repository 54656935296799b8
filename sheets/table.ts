/** A table as read: rows of cells by heading, whatever kind of file it came from. */

/** The same in both languages. */
export interface Said {
  readonly zh: string;
  readonly en: string;
}

/** Why something cannot be used, and what would put it right. */
export interface Fault {
  readonly what: Said;
  readonly remedy: Said;
}

export interface Cell {
  /** As people read it, trimmed. */
  readonly text: string;
  /** A spreadsheet's date: wall time as if it were UTC, in milliseconds. Spreadsheets know no zone. */
  readonly wall?: number;
  /** Why the cell cannot be used, if it cannot. Only told when its column is used. */
  readonly fault?: Fault;
}

export interface Row {
  /** Line of the file, from 1; in a spreadsheet the row's number. */
  readonly line: number;
  readonly cells: ReadonlyMap<string, Cell>;
  /** First column that holds something here and has no heading, as spreadsheets name it: `D`. */
  readonly unnamed?: string;
}

/** A row that could not be taken apart. */
export interface BrokenRow extends Fault {
  readonly line: number;
  /** As it stands in the file, so that it can be handed back. */
  readonly raw: string;
}

export interface Table {
  /** `CSV, UTF-8` or `XLSX, sheet "2016"`. */
  readonly kind: string;
  /** Headings by place, NFC, trimmed; '' where a column has none. */
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  readonly broken: readonly BrokenRow[];
}

/** How to read the file, where it cannot be seen from it. */
export interface ReadOptions {
  readonly encoding?: 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be' | undefined;
  readonly delimiter?: string | undefined;
  /** Name of the sheet; default: the only one that holds something. */
  readonly sheet?: string | undefined;
  readonly limits?: Limits | undefined;
}

/** Looked at before anything is taken apart. */
export interface Limits {
  readonly bytes: number;
  readonly rows: number;
  readonly columns: number;
}

export const LIMITS: Limits = { bytes: 100 * 1024 * 1024, rows: 200_000, columns: 500 };

/** A file that cannot be used as a whole. `message` is English. */
export class TableProblem extends Error implements Fault {
  override readonly name = 'TableProblem';
  readonly what: Said;
  readonly remedy: Said;
  constructor(what: Said, remedy: Said, cause?: unknown) {
    super(`${what.en}; remedy: ${remedy.en}`, { cause });
    this.what = what;
    this.remedy = remedy;
  }
}

/** `0` → `A`, `26` → `AA`. */
export function columnName(index: number): string {
  return (index >= 26 ? columnName(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));
}

/** @throws TableProblem past a limit */
export function within(limits: Limits, found: Partial<Limits>): void {
  const split: Said = { zh: '请拆分文件', en: 'split the file' };
  if ((found.bytes ?? 0) > limits.bytes) {
    const most = `${Math.floor(limits.bytes / 1024 / 1024)} MB`;
    throw new TableProblem({ zh: `文件超过${most}`, en: `is larger than ${most}` }, split);
  }
  if ((found.rows ?? 0) > limits.rows) {
    throw new TableProblem({ zh: `超过${limits.rows}行`, en: `has more than ${limits.rows} rows` }, split);
  }
  if ((found.columns ?? 0) > limits.columns) {
    throw new TableProblem(
      { zh: `超过${limits.columns}列`, en: `has more than ${limits.columns} columns` },
      { zh: '请删除多余的列', en: 'take out the columns that are not needed' },
    );
  }
}
