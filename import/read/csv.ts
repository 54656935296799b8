/** Comma-separated text to rows. A row that cannot be taken apart is named, and reading goes on at the next line. */
import { CsvError, parse } from 'csv-parse/sync';
import type { RowProblem } from '../problem.ts';
import { BROKEN } from './text.ts';
import { MAX_ROWS, type Cell, type Row } from './row.ts';

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  readonly problems: readonly RowProblem[];
}

interface Record {
  readonly cells: readonly string[];
  readonly line: number;
  readonly lastLine: number;
}

/** `text` has `\n` line ends only. Lines are counted as an editor does. @throws RangeError past the row limit */
export function readCsv(text: string, delimiter = guessDelimiter(text)): Table {
  const lines = text.split('\n');
  const problems: RowProblem[] = [];
  const rows: Row[] = [];
  let columns: readonly string[] | undefined;
  let next = 0;
  const take = (record: Record): string | undefined => {
    if (columns === undefined) columns = record.cells.map((name) => name.normalize('NFC').trim());
    else if (record.cells.length === columns.length) rows.push(toRow(record, columns));
    else return `has ${record.cells.length} cells where the heading has ${columns.length}`;
    next = record.lastLine;
    if (rows.length > MAX_ROWS) throw new RangeError(`it has more than ${MAX_ROWS} rows`);
    return undefined;
  };
  while (next < lines.length) {
    const bad = readFrom(lines, next, delimiter, take);
    if (bad === undefined) break;
    if (columns === undefined) throw new RangeError(`its heading ${bad.what}`);
    problems.push(bad);
    next = bad.line;
  }
  return { columns: columns ?? [], rows, problems };
}

/** Hands over record after record; stops at the first that `take` finds something wrong with, or that is none. */
function readFrom(
  lines: readonly string[],
  from: number,
  delimiter: string,
  take: (r: Record) => string | undefined,
): RowProblem | undefined {
  let end = from;
  const begin = (): number => {
    let line = end;
    while (line < lines.length && lines[line] === '') line += 1;
    return line + 1;
  };
  let refused: RowProblem | undefined;
  try {
    parse(lines.slice(from).join('\n'), {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (record: string[], info) => {
        const line = begin();
        end = from + info.lines;
        const lastLine = Math.min(end, lines.length);
        const wrong = take({ cells: record, line, lastLine });
        if (wrong === undefined) return null;
        const what = lastLine > line ? `${wrong}, with a quote that runs on to line ${lastLine}` : wrong;
        refused = { line, what, remedy: 'put the missing or surplus delimiter or quote right' };
        throw new Stop();
      },
    });
  } catch (error) {
    if (refused !== undefined) return refused;
    if (!(error instanceof CsvError)) throw error;
    const what = error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'opens a quote that is never closed' : 'has a quote in the middle of a cell';
    return { line: begin(), what, remedy: 'close the quote; where it belongs to the text, write it twice within a quoted cell' };
  }
  return undefined;
}

class Stop extends Error {}

function toRow({ cells, line }: Record, columns: readonly string[]): Row {
  return { line, cells: new Map(columns.map((name, i) => [name, toCell(cells[i] ?? '')])) };
}

/** Spreadsheets write `="00123"` to keep an id from becoming a number. */
function toCell(raw: string): Cell {
  const text = (/^="([^"]*)"$/.exec(raw.trim())?.[1] ?? raw).trim();
  if (!text.includes(BROKEN)) return { text };
  return {
    text,
    fault: {
      what: 'holds bytes that are no characters of the encoding',
      remedy: 'save the file in one encoding (UTF-8), or name it in the mapping under file.encoding',
    },
  };
}

function guessDelimiter(text: string): string {
  const heading = text.slice(0, text.indexOf('\n') + 1 || text.length);
  const found = [',', ';', '\t'].map((sign) => ({ sign, times: heading.split(sign).length }));
  return found.reduce((best, one) => (one.times > best.times ? one : best)).sign;
}
