/** Comma-separated text to rows. A row that cannot be taken apart is named, and reading goes on at the next line. */
import { CsvError, parse } from 'csv-parse/sync';
import { withoutGuard } from '../guard.ts';
import { columnName, TableProblem, within, type BrokenRow, type Cell, type Fault, type Limits, type Row, type Table } from '../table.ts';
import { digitsLost, looksCut, textCell } from './characters.ts';

interface Record {
  readonly cells: readonly string[];
  readonly line: number;
  readonly lastLine: number;
}

/** `text` has `\n` line ends only. Lines are counted as an editor does. @throws TableProblem past a limit */
export function readCsv(text: string, limits: Limits, delimiter = guessDelimiter(text)): Omit<Table, 'kind'> {
  const lines = text.split('\n');
  const broken: BrokenRow[] = [];
  const rows: Row[] = [];
  let columns: readonly string[] | undefined;
  let next = 0;
  const take = (record: Record): Fault | undefined => {
    if (columns === undefined) {
      within(limits, { columns: record.cells.length });
      columns = record.cells.map((name) => textCell(withoutGuard(name)).text);
    } else if (record.cells.length === columns.length) rows.push(toRow(record, columns));
    else return miscounted(record.cells.length, columns.length);
    next = record.lastLine;
    within(limits, { rows: rows.length });
    return undefined;
  };
  while (next < lines.length) {
    const bad = readFrom(lines, next, delimiter, take);
    if (bad === undefined) break;
    if (columns === undefined) {
      throw new TableProblem({ zh: `标题行${bad.what.zh}`, en: `has a heading that ${bad.what.en}` }, bad.remedy);
    }
    broken.push(bad);
    within(limits, { rows: rows.length + broken.length });
    next = bad.line;
  }
  return { columns: columns ?? [], rows, broken };
}

const miscounted = (has: number, wants: number): Fault => ({
  what: { zh: `有${has}个单元格,而标题行有${wants}个`, en: `has ${has} cells where the heading has ${wants}` },
  remedy: { zh: '请补上或删去多余的分隔符或引号', en: 'put the missing or surplus delimiter or quote right' },
});

/** Hands over record after record; stops at the first that `take` finds something wrong with, or that is none. */
function readFrom(
  lines: readonly string[],
  from: number,
  delimiter: string,
  take: (r: Record) => Fault | undefined,
): BrokenRow | undefined {
  let end = from;
  const begin = (): number => {
    let line = end;
    while (line < lines.length && lines[line] === '') line += 1;
    return line + 1;
  };
  let refused: BrokenRow | undefined;
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
        const { zh, en } = wrong.what;
        const what =
          lastLine > line
            ? { zh: `${zh},且引号一直延续到第${lastLine}行`, en: `${en}, with a quote that runs on to line ${lastLine}` }
            : wrong.what;
        refused = { line, what, remedy: wrong.remedy, raw: lines[line - 1] ?? '' };
        throw new Stop();
      },
    });
  } catch (error) {
    if (refused !== undefined) return refused;
    if (!(error instanceof CsvError)) throw error;
    const what =
      error.code === 'CSV_QUOTE_NOT_CLOSED'
        ? { zh: '有未闭合的引号', en: 'opens a quote that is never closed' }
        : { zh: '单元格中间有引号', en: 'has a quote in the middle of a cell' };
    const remedy = {
      zh: '请闭合引号;属于文字的引号须写两次,并将单元格置于引号内',
      en: 'close the quote; where it belongs to the text, write it twice within a quoted cell',
    };
    const line = begin();
    return { line, what, remedy, raw: lines[line - 1] ?? '' };
  }
  return undefined;
}

class Stop extends Error {}

function toRow({ cells, line }: Record, columns: readonly string[]): Row {
  const unnamed = columns.findIndex((name, i) => name === '' && cells[i]?.trim() !== '');
  return {
    line,
    cells: new Map(columns.map((name, i) => [name, toCell(cells[i] ?? '')])),
    ...(unnamed < 0 ? {} : { unnamed: columnName(unnamed) }),
  };
}

/** Spreadsheets write `="00123"` to keep an id from becoming a number. Anything else that begins like a formula is text here. */
function toCell(raw: string): Cell {
  const cell = textCell(withoutGuard(/^="([^"]*)"$/.exec(raw.trim())?.[1] ?? raw));
  return cell.fault === undefined && looksCut(cell.text) ? { text: cell.text, fault: digitsLost } : cell;
}

function guessDelimiter(text: string): string {
  const heading = text.slice(0, text.indexOf('\n') + 1 || text.length);
  const found = [',', ';', '\t'].map((sign) => ({ sign, times: heading.split(sign).length }));
  return found.reduce((best, one) => (one.times > best.times ? one : best)).sign;
}
