/** What leaves comes back the same, in both formats; nothing that leaves runs. */
import { fc, test as property } from '@fast-check/vitest';
import { Workbook } from '@cj-tech-master/excelts';
import { expect, test } from 'vitest';
import { readTable } from '../../../sheets/read/read.ts';
import { instantOfWall } from '../../../sheets/wall.ts';
import { textOf, type Column, type Values } from '../../../sheets/write/column.ts';
import { writeCsv } from '../../../sheets/write/csv.ts';
import { writeXlsx } from '../../../sheets/write/xlsx.ts';

const columns: readonly Column[] = [
  { zh: '文字', en: 'text', type: 'text' },
  { zh: '金额(元)', en: 'amount (yuan)', type: 'money' },
  { zh: '时间', en: 'time', type: 'instant' },
  { zh: '日期', en: 'day', type: 'date' },
  { zh: '数量', en: 'number', type: 'integer' },
  { zh: '是否', en: 'whether', type: 'boolean' },
];

async function all<T>(given: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of given) found.push(one);
  return found;
}
async function* each(rows: readonly Values[]): AsyncGenerator<Values> {
  yield* rows;
}
const csvOf = async (rows: readonly Values[]): Promise<Buffer> => Buffer.from((await all(writeCsv(columns, each(rows)))).join(''));
const xlsxOf = async (rows: readonly Values[]): Promise<Buffer> =>
  Buffer.concat(await all(writeXlsx('表', columns, each(rows)) as AsyncIterable<Buffer>));

const line: Values = ['=HYPERLINK("x")', 1_230_050, Date.UTC(2026, 2, 9, 1, 20), '2026-03-09', 7, true];

test('CSV: mark, Chinese headings, time with its zone, yuan with two decimals, no formula', async () =>
  expect((await csvOf([line])).toString()).toBe(
    '\uFEFF文字,金额(元),时间,日期,数量,是否\r\n"\'=HYPERLINK(""x"")",12300.50,2026-03-09T09:20:00+08:00,2026-03-09,7,是\r\n',
  ));

test('XLSX: amounts are numbers with two decimals, times are dates of the wall in Beijing, text is a string', async () => {
  const book = new Workbook();
  await book.xlsx.load(await xlsxOf([line]));
  const row = book.worksheets[0]!.getRow(2);
  expect([1, 2, 3, 4, 5].map((i) => row.getCell(i).value)).toEqual([
    '=HYPERLINK("x")',
    12300.5,
    new Date('2026-03-09T09:20:00Z'),
    new Date('2026-03-09T00:00:00Z'),
    7,
  ]);
  expect(row.getCell(1).formula).toBeUndefined();
  expect(row.getCell(2).numFmt).toBe('0.00');
});

test.each(['=1', '+1', '-1', '@a', '\ta', '\ra', '\n=1', "'=1", '=1', '@a'])('no CSV cell begins like a formula: %j', async (text) => {
  const cell = (await csvOf([[text]])).toString().split('\r\n').slice(1).join('\r\n').replace(/^"/, '');
  expect(cell.startsWith("'")).toBe(true);
});

test('an error of the rows is one of the stream', async () => {
  const broken = async function* (): AsyncGenerator<Values> {
    yield line;
    throw new Error('the database went away');
  };
  await expect(all(writeXlsx('表', columns, broken()) as AsyncIterable<Buffer>)).rejects.toThrow('went away');
});

// What a cell may hold: no control characters, nothing private or unassigned.
const written = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom('=', "'", '"', ',', ';', '\n', '_', 'x0041_', '-', '王', '𠮷', ' ', '@', '+', '\t') }),
    fc.constantFrom('1.23457E+19x', '12345678901234567890', '00123', '_x0041_', '<&>', 'TRUE'),
  )
  .filter((text) => !/[\p{Co}\p{Cn}\p{Cs}\uFFFD]|(?![\n\t])\p{Cc}/u.test(text));
const instants = fc.integer({ min: Date.UTC(1901, 1, 1) / 1000, max: Date.UTC(2200, 1, 1) / 1000 }).map((seconds) => seconds * 1000);
const rows = fc.array(
  fc.tuple(
    written,
    fc.integer({ min: 0, max: 9e15 }),
    instants,
    instants.map((at) => new Date(at).toISOString().slice(0, 10)),
    fc.integer(),
    fc.boolean(),
  ),
  { minLength: 1, maxLength: 6 },
);

property.prop([rows], { numRuns: 60 })('what leaves comes back', async (given) => {
  const wanted = given.map((values) => values.map((value, i) => textOf(columns[i]!, value, 'zh').trim().normalize('NFC')));
  for (const bytes of [await csvOf(given), await xlsxOf(given)]) {
    const table = await readTable(bytes);
    const back = table.rows.map((row) =>
      columns.map(({ zh, type }) => {
        const cell = row.cells.get(zh)!;
        expect(cell.fault).toBeUndefined();
        if (type === 'money') return Number(cell.text).toFixed(2);
        if (cell.wall !== undefined && type === 'instant') return textOf({ zh, en: zh, type }, instantOfWall(cell.wall), 'zh');
        return type === 'date' ? cell.text.slice(0, 10) : cell.text;
      }),
    );
    expect(back).toEqual(
      wanted.map((values) => values.map((value, i) => (columns[i]!.type === 'money' ? Number(value).toFixed(2) : value))),
    );
  }
});
