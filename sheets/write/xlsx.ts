/** Rows to a spreadsheet as a stream. Text stays text whatever it begins with; dates are wall time, amounts numbers in yuan. */
import { PassThrough, type Readable } from 'node:stream';
import { WorkbookWriter } from '@cj-tech-master/excelts';
import { wallOf } from '../wall.ts';
import { textOf, type Column, type ColumnType, type Lang, type Value, type Values } from './column.ts';

const FORMATS: Readonly<Partial<Record<ColumnType, string>>> = {
  text: '@',
  integer: '0',
  money: '0.00',
  instant: 'yyyy-mm-dd hh:mm:ss',
  date: 'yyyy-mm-dd',
};
/** What a cell of a spreadsheet can hold, in UTF-16 code units. */
const MAX_CELL = 32_767;
/** A double has 15 digits that hold: beyond 10 billion yuan an amount leaves as text. */
const MAX_FEN = 1e14;

/** Errors of `rows` become errors of the stream. @param sheetName at most 31 characters */
export function writeXlsx(sheetName: string, columns: readonly Column[], rows: AsyncIterable<Values>, lang: Lang = 'zh'): Readable {
  const out = new PassThrough();
  fill(out, sheetName, columns, rows, lang).catch((error: unknown) => out.destroy(error as Error));
  return out;
}

async function fill(
  out: PassThrough,
  sheetName: string,
  columns: readonly Column[],
  rows: AsyncIterable<Values>,
  lang: Lang,
): Promise<void> {
  const book = new WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false, trueStreaming: true });
  const sheet = book.addWorksheet(sheetName, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = columns.map((column) => ({ width: Math.max(10, column[lang].length * 2 + 2, column.type === 'instant' ? 20 : 0) }));
  const heading = sheet.addRow(columns.map((column) => escaped(column[lang])));
  heading.font = { bold: true };
  heading.commit();
  let since = 0;
  for await (const values of rows) {
    const row = sheet.addRow(columns.map((column, i) => cellOf(column, values[i], lang)));
    columns.forEach(({ type }, i) => {
      const format = FORMATS[type];
      if (format !== undefined) row.getCell(i + 1).numFmt = format;
    });
    row.commit();
    since += 1;
    // The library compresses beside us: without a pause all rows would lie in memory.
    if (since % 500 === 0 || out.writableNeedDrain) await drained(out);
  }
  sheet.commit();
  await book.commit();
}

async function drained(out: PassThrough): Promise<void> {
  await new Promise((resolve) => void setImmediate(resolve));
  if (!out.writableNeedDrain) return;
  await new Promise<void>((resolve, reject) => {
    const done = (): void => {
      out.off('drain', done).off('close', gone);
      resolve();
    };
    const gone = (): void => {
      out.off('drain', done).off('close', gone);
      reject(new Error('whoever asked for the spreadsheet has gone'));
    };
    out.on('drain', done).on('close', gone);
    if (out.destroyed) gone();
  });
}

function cellOf(column: Column, value: Value, lang: Lang): string | number | Date | null {
  if (value === null || value === undefined || value === '') return null;
  const { type } = column;
  if (type === 'money' && typeof value === 'number' && Math.abs(value) < MAX_FEN) return value / 100;
  if (type === 'instant' && typeof value === 'number') return dateOr(textOf(column, value, lang), wallOf(value));
  if (type === 'date') return dateOr(String(value), Date.parse(`${String(value)}T00:00:00Z`));
  if (type === 'integer' && typeof value === 'number' && Math.abs(value) < 1e15) return value;
  const text = escaped(textOf(column, value, lang));
  return text.length <= MAX_CELL
    ? text
    : `(${text.length}字,超过单元格上限;请导出 CSV / ${text.length} characters, too long for a cell; export CSV)`;
}

/** Spreadsheets have no days before 1900, and count those up to its March wrongly. Milliseconds would be lost. */
const dateOr = (text: string, wall: number): string | Date => (wall >= Date.UTC(1901, 0, 1) && wall % 1000 === 0 ? new Date(wall) : text);

/** A text like `_x0041_` would be read as the character it names; XML has no place for others. */
const escaped = (text: string): string => text.replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_').replaceAll(/(?![\n\t\r])\p{Cc}/gu, '');
