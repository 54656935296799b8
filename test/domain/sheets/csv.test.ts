/** Comma-separated files as people send them, and as they should not. */
import { describe, expect, test } from 'vitest';
import { readTable } from '../../../sheets/read/read.ts';
import { TableProblem, type Limits, type Table } from '../../../sheets/table.ts';

const read = (bytes: Uint8Array | string, limits?: Limits): Promise<Table> =>
  readTable(typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes, { limits });
const texts = (table: Table): string[][] => table.rows.map((row) => [...row.cells.values()].map((cell) => cell.text));
const fault = async (cell: string): Promise<string | undefined> =>
  (await read(`编号,名称\nA,"${cell}"\nB,好\n`)).rows[0]?.cells.get('名称')?.fault?.what.en;
const refused = (bytes: Uint8Array | string, limits?: Limits): Promise<string> =>
  read(bytes, limits).then(
    () => 'taken',
    (error: unknown) => (error instanceof TableProblem ? `${error.message} / ${error.what.zh}` : String(error)),
  );

const body = '编号,名称\r\nK1,李冰雨\r\n';
const wide = (text: string, big: boolean): Buffer => {
  const bytes = Buffer.from(text, 'utf16le');
  return big ? bytes.swap16() : bytes;
};
// 编号,名称 / K1,李冰雨 in GB18030.
const gb = Buffer.from('b1e0bac52cc3fbb3c60d0a4b312cc0eeb1f9d3ea0d0a', 'hex');

describe('encodings are seen from the bytes', () => {
  test.each([
    ['UTF-8', Buffer.from(body, 'utf8')],
    ['UTF-8', Buffer.from(`\uFEFF${body}`, 'utf8')],
    ['UTF-16LE', wide(`\uFEFF${body}`, false)],
    ['UTF-16BE', wide(`\uFEFF${body}`, true)],
    ['UTF-16LE', wide(body, false)],
    ['UTF-16BE', wide(body, true)],
    ['GB18030', gb],
  ])('%s', async (encoding, bytes) => {
    const table = await read(bytes);
    expect({ kind: table.kind, columns: table.columns, rows: texts(table) }).toEqual({
      kind: `CSV, ${encoding}`,
      columns: ['编号', '名称'],
      rows: [['K1', '李冰雨']],
    });
  });

  test('a row in another encoding is named, the others go on', async () => {
    const table = await read(Buffer.concat([Buffer.from(body), gb.subarray(11), Buffer.from('K3,王\n')]));
    expect(table.rows.map((row) => row.cells.get('名称')?.fault?.what.en)).toEqual([
      undefined,
      'holds bytes that are no characters of the encoding',
      undefined,
    ]);
  });
});

describe('what a cell may not hold is named', () => {
  test.each([
    ['a\0b', 'holds the control character U+0000'],
    ['a\u0007', 'holds the control character U+0007'],
    ['\uE5E5', 'holds a private-use character, U+E5E5, which nobody else can read'],
    ['\u{E0080}', 'holds an unassigned character, U+E0080, which nobody else can read'],
    ['1.23457E+19', 'is a number of more than 15 digits, which the spreadsheet has rounded'],
  ])('%j', async (cell, what) => expect(await fault(cell)).toBe(what));

  test.each(['12345678901234567890', '1E5', '\u{20BB7}野', 'a\nb\tc', '𠮷'])('%j is taken', async (cell) =>
    expect(await fault(cell)).toBeUndefined(),
  );

  test('half a character of a file in UTF-16', async () => {
    const table = await read(wide('\uFEFF编号,名称\nA,x\uD800y\n', false));
    expect(table.rows[0]?.cells.get('名称')?.fault?.what.zh).toBe('含有不属于该编码的字节');
  });
});

test('twenty digits stay as they are written', async () =>
  expect(texts(await read('编号\n12345678901234567890\n"=""00123"""\n'))).toEqual([['12345678901234567890'], ['00123']]));

test('what begins like a formula is text; the guard that an export put before it comes off', async () =>
  expect(texts(await read(`a\n=1+1\n'=1+1\n"''=1"\n'apostrophe\n`))).toEqual([['=1+1'], ['=1+1'], ["'=1"], ["'apostrophe"]]));

test('rows that cannot be taken apart are named with what they hold; a value without a heading names its column', async () => {
  const table = await read('a,b,\n1,2,\n1,2,3,4\n"x,2\n5,6,7\n');
  expect(table.rows.map(({ line, unnamed }) => [line, unnamed])).toEqual([
    [2, undefined],
    [5, 'C'],
  ]);
  expect(table.broken.map(({ line, what, raw }) => [line, what.en, raw])).toEqual([
    [3, 'has 4 cells where the heading has 3', '1,2,3,4'],
    [4, 'opens a quote that is never closed', '"x,2'],
  ]);
});

const limits: Limits = { bytes: 1024 * 1024, rows: 3, columns: 4 };
test.each([
  ['a\n1\n2\n3\n4\n', 'has more than 3 rows; remedy: split the file / 超过3行'],
  ['a,b\n1\n2\n3\n4\n', 'has more than 3 rows'],
  ['a,b,c,d,e\n', 'has more than 4 columns'],
  [`a\n${'x'.repeat(1024 * 1024)}`, 'is larger than 1 MB'],
  ['', 'is empty'],
  ['a,b\n', 'has no rows below its heading'],
  ['a,b,a\n1,2,3\n', 'has the heading "a" twice; remedy: rename one of them / 标题“a”出现两次'],
  [',,\n1,2,3\n', 'has no headings in its first row'],
  [Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'is a spreadsheet of the old kind, or one with a password'],
  ['%PDF-1.7', 'is a PDF'],
  [Buffer.from('89504e470d0a1a0a0000000dfffe4948', 'hex'), 'is neither text nor a spreadsheet'],
])('a file is refused as a whole: %#', async (bytes, what) => expect(await refused(bytes, limits)).toContain(what));
