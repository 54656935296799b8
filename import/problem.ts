/** What is wrong in a register, where, and what would put it right. Nothing here quotes free text or an address. */

export interface RowProblem {
  /** Line of the file, from 1; in a spreadsheet the row's number. */
  readonly line: number;
  /** Column by its heading; absent when it is the row as a whole. */
  readonly column?: string;
  readonly what: string;
  readonly remedy: string;
}

/** `line 17, column Closed Date: …; remedy: …` */
export function sayRow({ line, column, what, remedy }: RowProblem): string {
  return `line ${line}${column === undefined ? '' : `, column ${column}`}: ${what}; remedy: ${remedy}`;
}

/** A register that cannot be read at all: nothing is done. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem';
  constructor(file: string, what: string, remedy: string) {
    super(`${file}: ${what}; remedy: ${remedy}`);
  }
}

export const byLine = (a: RowProblem, b: RowProblem): number => a.line - b.line;

/** Collects what is wrong while a row is read. */
export type Report = (problem: Omit<RowProblem, 'line'>) => void;
