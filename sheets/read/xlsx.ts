/** Spreadsheets to rows. Dates have no zone: they are wall time. A formula counts as the value the file holds for it. */
import { Workbook } from '@cj-tech-master/excelts';
import { columnName, TableProblem, within, type Cell, type Fault, type Limits, type Row, type Table } from '../table.ts';
import { digitsLost, textCell } from './characters.ts';
import { checkContainer } from './container.ts';

type Sheet = Workbook['worksheets'][number];
type SheetCell = ReturnType<ReturnType<Sheet['getRow']>['getCell']>;

/** Unpacked and counted before it is taken apart. @throws TableProblem when it is no spreadsheet, has no such sheet or is past a limit */
export async function readXlsx(bytes: Uint8Array, limits: Limits, name?: string): Promise<Table> {
  await checkContainer(bytes, limits);
  const book = new Workbook();
  try {
    await book.xlsx.load(bytes);
  } catch (error) {
    throw new TableProblem(
      { zh: '不是可以打开的电子表格', en: `is no spreadsheet that can be opened (${(error as Error).message})` },
      { zh: '请在电子表格中打开并另存为 .xlsx', en: 'open it in a spreadsheet and save it as .xlsx again' },
      error,
    );
  }
  if (name === undefined) onlyOneFilled(book);
  const sheet = name === undefined ? (filled(book)[0] ?? book.worksheets[0]) : book.worksheets.find((one) => one.name === name);
  if (sheet === undefined) {
    const has = book.worksheets.map((one) => one.name);
    throw new TableProblem(
      { zh: `没有工作表“${name ?? 1}”`, en: `has no sheet "${name ?? 1}"` },
      { zh: `可用:${has.join('、')}`, en: `it has: ${has.join(', ')}` },
    );
  }
  return { kind: `XLSX, sheet "${sheet.name}"`, ...readSheet(sheet, limits) };
}

/** Sheets that people see and that hold something. */
const filled = (book: Workbook): Sheet[] => book.worksheets.filter(({ state, rowCount }) => state === 'visible' && rowCount > 0);

/** Of several none is left out without a word. @throws TableProblem that names them */
function onlyOneFilled(book: Workbook): void {
  const names = filled(book).map((sheet) => sheet.name);
  if (names.length < 2) return;
  throw new TableProblem(
    { zh: `有${names.length}个工作表:${names.join('、')}`, en: `has ${names.length} sheets: ${names.join(', ')}` },
    { zh: '请用 sheet 指明其中一个,或删除其余', en: 'name one of them with `sheet`, or take the others out' },
  );
}

function readSheet(sheet: Sheet, limits: Limits): Omit<Table, 'kind'> {
  const heading = cellsOf(sheet, 1);
  const bad = heading.findIndex((cell) => cell.fault !== undefined);
  if (bad >= 0) {
    const { what, remedy } = heading[bad]!.fault!;
    const at = `${columnName(bad)}1`;
    throw new TableProblem({ zh: `标题单元格 ${at} ${what.zh}`, en: `has a heading, ${at}, that ${what.en}` }, remedy);
  }
  const columns = heading.map((cell) => cell.text);
  while (columns.at(-1) === '') columns.pop();
  within(limits, { columns: columns.length, rows: sheet.rowCount - 1 });
  const rows: Row[] = [];
  for (let line = 2; line <= sheet.rowCount; line += 1) {
    const row = toRow(line, cellsOf(sheet, line), columns);
    if (row !== undefined) rows.push(row);
  }
  return { columns, rows, broken: [] };
}

function cellsOf(sheet: Sheet, line: number): Cell[] {
  const cells: Cell[] = [];
  sheet.findRow(line)?.eachCell((cell, column) => {
    while (cells.length < column - 1) cells.push({ text: '' });
    cells.push(toCell(cell));
  });
  return cells;
}

const isFilled = (cell: Cell | undefined): boolean => cell !== undefined && (cell.text !== '' || cell.fault !== undefined);

function toRow(line: number, cells: readonly Cell[], columns: readonly string[]): Row | undefined {
  if (!cells.some(isFilled)) return undefined;
  const unnamed = cells.findIndex((cell, i) => (columns[i] ?? '') === '' && isFilled(cell));
  return {
    line,
    cells: new Map(columns.map((name, i) => [name, cells[i] ?? { text: '' }])),
    ...(unnamed < 0 ? {} : { unnamed: columnName(unnamed) }),
  };
}

function toCell(cell: SheetCell): Cell {
  if (cell.isMerged && cell.master.address !== cell.address) {
    const at = cell.master.address;
    return bad(
      { zh: `属于合并单元格 ${at}`, en: `is part of the merged cell ${at}` },
      { zh: '请取消合并并逐行填写', en: 'unmerge the cells and fill each row' },
    );
  }
  const value = cell.formula === undefined ? cell.value : cell.result;
  if (cell.formula !== undefined && value == null)
    return bad(
      { zh: '是没有结果的公式', en: 'is a formula without a result' },
      { zh: '请在电子表格中打开并保存,或粘贴为数值', en: 'open the file in a spreadsheet, save it, or paste values' },
    );
  return fromValue(value, cell.text);
}

function fromValue(value: unknown, text: string): Cell {
  if (value == null) return { text: '' };
  if (value instanceof Date) return fromDate(value);
  if (typeof value === 'number') return fromNumber(value);
  if (typeof value === 'boolean') return { text: value ? 'TRUE' : 'FALSE' };
  if (typeof value === 'object' && 'error' in value) {
    const shown = String(value.error);
    return bad(
      { zh: `显示错误 ${shown}`, en: `shows the error ${shown}` },
      { zh: '请更正公式或粘贴为数值', en: 'correct the formula or paste the value' },
    );
  }
  return textCell(unescaped(text));
}

/** The library undoes `_x000A_` and the like; it leaves characters that are none, and the sign of a text that only looks so. */
const unescaped = (text: string): string =>
  text.replaceAll(/_x(?:005F_(?=x[0-9A-Fa-f]{4}_)|(0000|D[89A-F][0-9A-F]{2})_)/gi, (_, hex?: string) =>
    hex === undefined ? '_' : String.fromCharCode(Number.parseInt(hex, 16)),
  );

/** Fractions of a day are rounded to the second they were meant to be. */
function fromDate(date: Date): Cell {
  const wall = Math.round(date.getTime() / 1000) * 1000;
  if (Number.isNaN(wall)) return bad({ zh: '不是日期', en: 'is no date' }, { zh: '请更正日期', en: 'correct the date' });
  if (date.getUTCFullYear() < 1901)
    return bad(
      { zh: '只有时刻没有日期', en: 'is a time of day without a date' },
      { zh: '请将日期和时刻填在同一单元格', en: 'put date and time into one cell' },
    );
  return { text: new Date(wall).toISOString().slice(0, 19).replace('T', ' '), wall };
}

/** The 15 digits that a spreadsheet shows, never as `1e-7`; it rounds what is longer, so that is not taken. */
function fromNumber(value: number): Cell {
  if (Math.abs(value) >= 1e15) return { text: '', fault: digitsLost };
  const shown = String(Number(value.toPrecision(15)));
  return { text: shown.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : shown };
}

const bad = (what: Fault['what'], remedy: Fault['remedy']): Cell => ({ text: '', fault: { what, remedy } });
