/** Reads a table: what kind of file it is, is seen from its bytes. */
import { LIMITS, TableProblem, within, type ReadOptions, type Table } from '../table.ts';
import { readCsv } from './csv.ts';
import { BROKEN, decode } from './text.ts';

/** @throws TableProblem when the file as a whole cannot be used */
export async function readTable(bytes: Uint8Array, options: ReadOptions = {}): Promise<Table> {
  const limits = options.limits ?? LIMITS;
  within(limits, { bytes: bytes.length });
  if (bytes.length === 0) throw new TableProblem({ zh: '文件为空', en: 'is empty' }, again);
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    throw new TableProblem(
      { zh: '是旧格式电子表格(.xls)或已加密', en: 'is a spreadsheet of the old kind, or one with a password' },
      { zh: '请另存为不加密的 .xlsx', en: 'save it as .xlsx without a password' },
    );
  if (starts(bytes, 0x25, 0x50, 0x44, 0x46))
    throw new TableProblem({ zh: '是 PDF', en: 'is a PDF' }, { zh: '请导出为 CSV 或 XLSX', en: 'export the register as CSV or XLSX' });
  const table = starts(bytes, 0x50, 0x4b) ? await spreadsheet(bytes, options) : commaSeparated(bytes, options);
  checkHeading(table.columns);
  if (table.rows.length === 0 && table.broken.length === 0)
    throw new TableProblem({ zh: '标题行下没有数据', en: 'has no rows below its heading' }, again);
  return table;
}

const again = { zh: '请重新导出', en: 'export the register again' };

async function spreadsheet(bytes: Uint8Array, { limits = LIMITS, sheet }: ReadOptions): Promise<Table> {
  const { readXlsx } = await import('./xlsx.ts');
  return readXlsx(bytes, limits, sheet);
}

/** What is neither a text of any encoding nor free of zeros is no text at all. */
function commaSeparated(bytes: Uint8Array, { limits = LIMITS, encoding: given, delimiter }: ReadOptions): Table {
  const { text, encoding } = decode(bytes, given);
  if (text.includes('\0') && text.includes(BROKEN)) {
    throw new TableProblem(
      { zh: '既不是文本也不是电子表格', en: 'is neither text nor a spreadsheet' },
      { zh: '请导出为 CSV 或 XLSX', en: 'export the register as CSV or XLSX' },
    );
  }
  return { kind: `CSV, ${encoding}`, ...readCsv(text, limits, delimiter) };
}

/** A heading that stands twice would leave its cells in doubt. */
function checkHeading(columns: readonly string[]): void {
  const double = columns.find((name, i) => name !== '' && columns.indexOf(name) !== i);
  if (double !== undefined)
    throw new TableProblem(
      { zh: `标题“${double}”出现两次`, en: `has the heading "${double}" twice` },
      { zh: '请改名其中一列', en: 'rename one of them' },
    );
  if (columns.every((name) => name === ''))
    throw new TableProblem(
      { zh: '第一行没有标题', en: 'has no headings in its first row' },
      { zh: '请把标题放在第一行', en: 'put the headings into the first row' },
    );
}

const starts = (bytes: Uint8Array, ...sign: number[]): boolean => sign.every((byte, i) => bytes[i] === byte);
