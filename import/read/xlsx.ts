/** Spreadsheets to rows; the only file that knows the spreadsheet library. Dates have no zone: they are wall time. */
import { Workbook } from '@cj-tech-master/excelts';
import type { Cell, Row } from './row.ts';
import { MAX_ROWS } from './row.ts';
import type { Table } from './csv.ts';

type Sheet = Workbook['worksheets'][number];
type SheetCell = ReturnType<ReturnType<Sheet['getRow']>['getCell']>;

/** @throws RangeError when it is no spreadsheet, has no such sheet or too many rows */
export async function readXlsx(bytes: Uint8Array, name?: string): Promise<Table & { readonly sheet: string }> {
  const book = new Workbook();
  try {
    await book.xlsx.load(bytes);
  } catch (error) {
    throw new RangeError(`it is no spreadsheet that can be opened (${(error as Error).message})`, { cause: error });
  }
  const sheet = name === undefined ? book.worksheets[0] : book.worksheets.find((one) => one.name === name);
  if (sheet === undefined)
    throw new RangeError(`it has no sheet "${name ?? 1}"; it has: ${book.worksheets.map((one) => one.name).join(', ')}`);
  if (sheet.rowCount > MAX_ROWS + 1) throw new RangeError(`it has more than ${MAX_ROWS} rows`);
  return { sheet: sheet.name, ...readSheet(sheet) };
}

function readSheet(sheet: Sheet): Table {
  const width = sheet.columnCount;
  const at = (line: number): Cell[] => Array.from({ length: width }, (_, i) => toCell(sheet.getRow(line).getCell(i + 1)));
  const columns = at(1).map((cell) => cell.text.normalize('NFC'));
  const rows: Row[] = [];
  for (let line = 2; line <= sheet.rowCount; line += 1) {
    const cells = at(line);
    if (cells.some((cell) => cell.text !== '' || cell.fault !== undefined))
      rows.push({ line, cells: new Map(columns.map((name, i) => [name, cells[i]!])) });
  }
  return { columns, rows, problems: [] };
}

function toCell(cell: SheetCell): Cell {
  if (cell.isMerged && cell.master.address !== cell.address) {
    return bad(`is part of the merged cell ${cell.master.address}`, 'unmerge the cells and fill each row');
  }
  const value = cell.formula === undefined ? cell.value : cell.result;
  if (cell.formula !== undefined && value == null)
    return bad('is a formula without a result', 'open the file in a spreadsheet, save it, or paste values');
  return fromValue(value, cell.text);
}

function fromValue(value: unknown, text: string): Cell {
  if (value == null) return { text: '' };
  if (value instanceof Date) return fromDate(value);
  if (typeof value === 'number') return fromNumber(value);
  if (typeof value === 'boolean') return { text: value ? 'TRUE' : 'FALSE' };
  if (typeof value === 'object' && 'error' in value)
    return bad(`shows the error ${String(value.error)}`, 'correct the formula or paste the value');
  return { text: text.trim() };
}

/** Fractions of a day are rounded to the second they were meant to be. */
function fromDate(date: Date): Cell {
  const wall = Math.round(date.getTime() / 1000) * 1000;
  if (Number.isNaN(wall)) return bad('is no date', 'correct the date');
  if (date.getUTCFullYear() < 1901) return bad('is a time of day without a date', 'put date and time into one cell');
  return { text: new Date(wall).toISOString().slice(0, 19).replace('T', ' '), wall };
}

function fromNumber(value: number): Cell {
  if (Math.abs(value) < 1e15) return { text: String(value) };
  return bad(
    'is a number of more than 15 digits, which the spreadsheet has rounded',
    'format the column as text and enter the number again',
  );
}

const bad = (what: string, remedy: string): Cell => ({ text: '', fault: { what, remedy } });
