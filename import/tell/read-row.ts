/** One row of a register: whose case it is, what happened then and who held the work. */
import type { Instant } from '../../domain/time.ts';
import { columnsOf } from '../mapping/columns.ts';
import { momentNames, type Mapping, type Moment, type MomentName } from '../mapping/schema.ts';
import type { Report, RowProblem } from '../problem.ts';
import type { Row } from '../../sheets/table.ts';
import type { Reader } from './reader.ts';

/** That something happened, by one row; with counters it only holds if they have risen since the row before. */
export interface Mark {
  readonly name: MomentName;
  readonly at: Instant;
  readonly column: string;
  readonly counters: Readonly<Record<string, number>>;
}

export interface ReadRow {
  readonly row: Row;
  readonly line: number;
  readonly key: string;
  readonly opened: Instant;
  readonly marks: readonly Mark[];
  /** Where the row stands among those of its case. */
  readonly order?: Instant;
  readonly holder?: { readonly name: string; readonly at: Instant };
}

export type RowReading =
  | { readonly ok: true; readonly read: ReadRow }
  | { readonly ok: false; readonly key: string | undefined; readonly problems: RowProblem[] };

/** Reads a row; all that is wrong with it is told at once. */
export function readRow(row: Row, reader: Reader): RowReading {
  const { mapping } = reader;
  const problems: RowProblem[] = [];
  const report: Report = (problem) => void problems.push({ line: row.line, ...problem });
  reportFaults(row, mapping, report);
  const key = readKey(row, reader, report);
  reportUnexpected(row, reader, report);
  const opened = required(row, mapping.moments.opened.at, reader, report);
  const marks = momentNames
    .filter((name) => name !== 'opened')
    .flatMap((name) => readMark(row, name, mapping.moments[name], reader, report));
  const order = mapping.order === undefined ? undefined : required(row, mapping.order, reader, report);
  const holder = readHolder(row, reader, report);
  if (problems.length > 0 || key === undefined || opened === undefined) return { ok: false, key, problems: onePerColumn(problems) };
  return {
    ok: true,
    read: {
      row,
      line: row.line,
      key,
      opened,
      marks,
      ...(order === undefined ? {} : { order }),
      ...(holder === undefined ? {} : { holder }),
    },
  };
}

function reportFaults(row: Row, mapping: Mapping, report: Report): void {
  for (const column of new Set(columnsOf(mapping).map((use) => use.column))) {
    const fault = row.cells.get(column.normalize('NFC'))?.fault;
    if (fault !== undefined) report({ column, what: fault.what.en, remedy: fault.remedy.en });
  }
}

function readKey(row: Row, reader: Reader, report: Report): string | undefined {
  const column = reader.mapping.key;
  const key = reader.text(row, column);
  if (key === undefined) report({ column, what: 'is empty: nothing says whose row it is', remedy: 'fill in the key of the case' });
  else if (/^\d(\.\d+)?E\+\d+$/i.test(key))
    report({ column, what: `"${key}" is a long number that a spreadsheet has shortened`, remedy: 'export the column as text' });
  else return key;
  return undefined;
}

function reportUnexpected(row: Row, reader: Reader, report: Report): void {
  for (const [column, values] of Object.entries(reader.mapping.expect)) {
    const value = reader.text(row, column);
    if (value !== undefined && values.includes(value)) continue;
    const shown = value === undefined ? 'is unknown' : `"${value.slice(0, 40)}" is no value of this column`;
    report({ column, what: shown, remedy: `one of: ${values.join(', ')}; or add it under expect` });
  }
}

function readMark(row: Row, name: MomentName, moment: Moment | undefined, reader: Reader, report: Report): Mark[] {
  if (moment === undefined) return [];
  const counters: Record<string, number> = {};
  const lists: string[] = [];
  for (const [column, condition] of Object.entries(moment.when)) {
    const value = reader.text(row, column);
    if (condition === 'rises') {
      if (value !== undefined && !/^\d{1,9}$/.test(value))
        report({ column, what: `"${value.slice(0, 40)}" is no count`, remedy: 'a whole number' });
      counters[column] = Number(value ?? 0);
    } else if (value === undefined || !condition.includes(value)) return [];
    else lists.push(`${column} is ${value}`);
  }
  const at = reader.time(row, moment.at, report);
  if (at !== undefined) return [{ name, at, column: moment.at, counters }];
  if (lists.length > 0) report({ column: moment.at, what: `is unknown although ${lists.join(' and ')}`, remedy: 'fill in the time' });
  return [];
}

function readHolder(row: Row, reader: Reader, report: Report): ReadRow['holder'] {
  const { assigned } = reader.mapping;
  const name = assigned === undefined ? undefined : reader.text(row, assigned.person);
  if (assigned === undefined || name === undefined) return undefined;
  const at = required(row, assigned.at, reader, report);
  return at === undefined ? undefined : { name, at };
}

function required(row: Row, column: string, reader: Reader, report: Report): Instant | undefined {
  if (reader.text(row, column) === undefined && row.cells.get(column.normalize('NFC'))?.fault === undefined) {
    report({ column, what: 'is unknown', remedy: 'fill in the time' });
  }
  return reader.time(row, column, report);
}

/** A column that means several things is not named several times. */
function onePerColumn(problems: readonly RowProblem[]): RowProblem[] {
  return problems.filter((one, i) => problems.findIndex((other) => other.column === one.column) === i);
}
