/** Spreadsheets, built here cell by cell: dates, formulas, merged cells, long numbers, and files that are a trap. */
import { Workbook } from '@cj-tech-master/excelts';
import { expect, test } from 'vitest';
import { readTable } from '../../../sheets/read/read.ts';
import { TableProblem, type Limits, type Table } from '../../../sheets/table.ts';
import { instantOfWall, wallOf } from '../../../sheets/wall.ts';
import { excelFile, wordFile, zip } from '../../support/zip.ts';

type Sheet = ReturnType<Workbook['addWorksheet']>;

async function book(fill: (sheet: Sheet, book: Workbook) => void): Promise<Buffer> {
  const made = new Workbook();
  fill(made.addWorksheet('表'), made);
  return Buffer.from(await made.xlsx.writeBuffer());
}

/** Cells as XML, where a library would put them right. */
const raw = (rows: string): Buffer => {
  const part = (name: string, text: string) => ({ name, bytes: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${text}`) });
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packaged = 'http://schemas.openxmlformats.org/package/2006';
  const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  return zip([
    part(
      '[Content_Types].xml',
      `<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${kind}.worksheet+xml"/></Types>`,
    ),
    part(
      '_rels/.rels',
      `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    part(
      'xl/workbook.xml',
      `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    part(
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    part('xl/worksheets/sheet1.xml', `<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`),
  ]);
};
const text = (at: string, value: string): string => `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;

const cells = (table: Table): string[][] =>
  table.rows.map((row) => [...row.cells.values()].map((cell) => cell.fault?.what.en ?? cell.text));
const refused = (bytes: Uint8Array, limits?: Limits): Promise<string> =>
  readTable(bytes, { limits }).then(
    () => 'taken',
    (error: unknown) => (error instanceof TableProblem ? error.message : String(error)),
  );

test('of several sheets none is left out without a word: one is named, or the file is refused', async () => {
  const two = await book((sheet, made) => {
    sheet.addRows([['a'], ['1']]);
    made.addWorksheet('空');
    made.addWorksheet('二月').addRows([['b'], ['2']]);
    made.addWorksheet('名单', { state: 'hidden' }).addRows([['c'], ['3']]);
  });
  expect(await refused(two)).toBe('has 2 sheets: 表, 二月; remedy: name one of them with `sheet`, or take the others out');
  expect(cells(await readTable(two, { sheet: '二月' }))).toEqual([['2']]);
  const behind = await book((_, made) => made.addWorksheet('二月').addRows([['b'], ['2']]));
  expect(await readTable(behind)).toMatchObject({ kind: 'XLSX, sheet "二月"', columns: ['b'] });
});

test.each([false, true])('a date is the wall in Beijing, in the system of 1904 too: %s', async (date1904) => {
  const wall = Date.UTC(2026, 2, 9, 9, 20);
  const table = await readTable(
    await book((sheet, made) => {
      made.properties.date1904 = date1904;
      sheet.addRows([['t'], [new Date(wall)]]);
    }),
  );
  expect(table.rows[0]?.cells.get('t')).toEqual({ text: '2026-03-09 09:20:00', wall });
  expect(new Date(instantOfWall(wall)).toISOString()).toBe('2026-03-09T01:20:00.000Z');
  expect(wallOf(instantOfWall(wall))).toBe(wall);
});

test('the wall is Beijing’s whatever the zone of the machine, milliseconds too', () =>
  expect(new Date(wallOf(Date.UTC(2026, 11, 31, 16, 0, 0, 5))).toISOString()).toBe('2027-01-01T00:00:00.005Z'));

test('a formula counts as the value the file holds; without one it is named', async () => {
  const table = await readTable(
    await book((sheet) => {
      sheet.addRows([
        ['a', 'b', 'c'],
        [{ formula: '1+1', result: 2 }, { formula: 'NOW()' }, { formula: '1/0', result: { error: '#DIV/0!' } }],
      ]);
    }),
  );
  expect(cells(table)).toEqual([['2', 'is a formula without a result', 'shows the error #DIV/0!']]);
});

test('of merged cells only the first holds a value, the others are named', async () => {
  const merged = await book((sheet) => {
    sheet.addRows([
      ['a', 'b'],
      ['x', 'y'],
      ['z', 'w'],
    ]);
    sheet.mergeCells('A2:A3');
  });
  expect(cells(await readTable(merged))).toEqual([
    ['x', 'y'],
    ['is part of the merged cell A2', 'w'],
  ]);
  const title = await book((sheet) => {
    sheet.addRows([
      ['客户服务档案表', ''],
      ['编号', '名称'],
    ]);
    sheet.mergeCells('A1:B1');
  });
  expect(await refused(title)).toContain('has a heading, B1, that is part of the merged cell A1');
});

test('numbers as the spreadsheet shows them; what it has rounded is not taken', async () => {
  const row = (line: number, value: string): string => `<row r="${line}"><c r="A${line}"><v>${value}</v></c></row>`;
  const values = ['12345678901234567890', '0.30000000000000004', '0.0000001', '1234.5', '1.5E+3', '-2'];
  const table = await readTable(raw(`<row r="1">${text('A1', 'n')}</row>${values.map((value, i) => row(i + 2, value)).join('')}`));
  expect(cells(table).flat()).toEqual([
    'is a number of more than 15 digits, which the spreadsheet has rounded',
    '0.3',
    '0.0000001',
    '1234.5',
    '1500',
    '-2',
  ]);
});

test('twenty digits as text stay; escapes are undone; what is no text is named', async () => {
  const rows = ['12345678901234567890', '=1+1', '_x005F_x0041_', 'a_x0000_b', 'x_xD800_y', '&#xE5E5;'];
  const table = await readTable(
    raw([text('A1', 'n'), ...rows.map((one, i) => text(`A${i + 2}`, one))].map((c, i) => `<row r="${i + 1}">${c}</row>`).join('')),
  );
  expect(cells(table).flat()).toEqual([
    '12345678901234567890',
    '=1+1',
    '_x0041_',
    'holds the control character U+0000',
    'holds half a character (a lone surrogate)',
    'holds a private-use character, U+E5E5, which nobody else can read',
  ]);
});

test('a value without a heading names its column; formats without values are nothing', async () => {
  const table = await readTable(
    await book((sheet) => {
      sheet.addRows([
        ['a', null, 'c'],
        [1, 2, 3],
        [1, null, 3, 4],
      ]);
      sheet.getCell('Z1').font = { bold: true };
      sheet.getCell('Z9').numFmt = '0.00';
    }),
  );
  expect(table.columns).toEqual(['a', '', 'c']);
  expect(table.rows.map(({ line, unnamed }) => [line, unnamed])).toEqual([
    [2, 'B'],
    [3, 'D'],
  ]);
});

test('limits hold before anything is taken apart', async () => {
  const limits: Limits = { bytes: 100_000, rows: 3, columns: 2 };
  const many = raw(Array.from({ length: 5 }, (_, i) => `<row r="${i + 1}">${text(`A${i + 1}`, 'x')}</row>`).join(''));
  expect(await refused(many, limits)).toContain('has more than 3 rows');
  const far = raw(`<row r="1">${text('A1', 'x')}</row><row r="1048576">${text('A1048576', 'x')}</row>`);
  expect(await refused(far, limits)).toContain('has more than 3 rows');
  const broad = raw(`<row r="1">${text('A1', 'x')}${text('B1', 'y')}${text('C1', 'z')}</row><row r="2">${text('A2', 'x')}</row>`);
  expect(await refused(broad, limits)).toContain('has more than 2 columns');
});

test.each([
  ['a bomb that says so', excelFile({ name: 'xl/worksheets/sheet1.xml', bytes: Buffer.alloc(201 * 1024 * 1024) }), 'unpacks to more'],
  ['a bomb that lies', excelFile({ name: 'xl/worksheets/sheet1.xml', bytes: Buffer.alloc(9_000_000), says: 10 }), 'unpacks to more'],
  ['macros', excelFile({ name: 'xl/vbaProject.bin', bytes: Buffer.from('x') }), 'holds macros'],
  ['a letter', wordFile(), 'It is no spreadsheet'],
  ['half a file', excelFile().subarray(0, 60), 'damaged'],
  ['an archive', zip([{ name: 'a.txt', bytes: Buffer.from('x') }]), 'Archives are not taken'],
])('%s is refused', async (_, bytes, what) => expect(await refused(bytes)).toContain(what));
