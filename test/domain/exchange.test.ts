/** Registers as tables: headings, cells by type, what is wrong by row and column, and that what leaves comes back the same. */
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../domain/canonical.ts';
import type { RegisterDef } from '../../domain/register/definition.ts';
import { readEntry, type EntryBody } from '../../domain/register/read-entry.ts';
import { columnsOf } from '../../exchange/columns.ts';
import { findFields } from '../../exchange/headings.ts';
import { sayFault } from '../../exchange/report.ts';
import { readRows } from '../../exchange/read-rows.ts';
import { readTable } from '../../sheets/read/read.ts';
import { TableProblem } from '../../sheets/table.ts';
import type { Lang, Values } from '../../sheets/write/column.ts';
import { writeCsv } from '../../sheets/write/csv.ts';
import { writeXlsx } from '../../sheets/write/xlsx.ts';
import { loadRegistersText } from '../../packs/registers/load.ts';

const def = loadRegistersText(
  `
id: company
version: 1.0.0
registers:
  goods:
    zh: 产品
    en: goods
    clause: '1'
    key: code
    prefix: CP
    unique: [[licence]]
    write: { s3-cs19: [customerService] }
    fields:
      - { name: code, type: id, required: true, zh: 编号, en: code }
      - { name: name, type: text, required: true, zh: 名称, en: name of goods }
      - { name: price, type: money, zh: 单价, en: price }
      - { name: since, type: date, zh: 上市日期, en: on sale since }
      - { name: changed, type: instant, zh: 变更时间, en: changed at }
      - { name: stock, type: integer, zh: 库存, en: stock }
      - { name: weight, type: decimal, zh: 重量, en: weight }
      - { name: sold, type: boolean, zh: 在售, en: sold }
      - { name: level, type: choice, zh: 等级, en: level, options: { key: [重点, Key], other: [其他, Other], key2: [重点, Key two] } }
      - { name: marks, type: choices, zh: 标识, en: marks, options: { a: [甲, A], b: [乙, B], c: ['丙、丁', C] } }
      - { name: outlets, type: ids, zh: 网点, en: outlets }
      - { name: licence, type: text, open: true, zh: 许可证, en: licence }
      - name: parts
        type: rows
        zh: 部件
        en: parts
        fields: [{ name: part, type: text, required: true, zh: 部件, en: part }, { name: quantity, type: decimal, zh: 数量, en: quantity }]
`,
  'a test',
).get('goods') as RegisterDef;

const rowsOf = async (csv: string) => {
  const table = await readTable(Buffer.from(csv, 'utf8'));
  return readRows(def, findFields(def, table.columns), table);
};
const faults = async (csv: string): Promise<string[]> =>
  (await rowsOf(csv)).flatMap(({ line, faults: found }) => found.map((fault) => `${line} ${sayFault(fault, 'en')}`));

test('headings in Chinese, English or by field, with marks, brackets and case; columns that are none are told', () => {
  const { fields, unknown } = findFields(def, ['编号*', 'NAME of goods', '单价(元)', 'stock', '备注', '错误', '登记状态', '']);
  expect([...fields].map(([heading, { name }]) => [heading, name])).toEqual([
    ['编号*', 'code'],
    ['NAME of goods', 'name'],
    ['单价(元)', 'price'],
    ['stock', 'stock'],
  ]);
  expect(unknown).toEqual(['备注']);
});

test.each([
  [['编号', '名称', 'name'], 'has two columns for "name of goods": "名称" and "name"'],
  [['名称'], 'lacks columns that must be there: code'],
])('headings that cannot be: %j', (columns, what) => expect(() => findFields(def, columns)).toThrow(what));

test('that is a TableProblem', () => expect(() => findFields(def, [])).toThrow(TableProblem));

test('cells as people write them', async () => {
  const [row] = await rowsOf(
    '编号,名称,单价,上市日期,变更时间,库存,重量,在售,等级,标识,网点,部件\n' +
      'A1,门,"¥12,300.5元",2026年3月9日,2026/3/9 9:20,7,"1,234.50",√,Other,"甲,b",X1;X2、X3,"[{""part"":""锁"",""quantity"":""2.0""}]"\n',
  );
  expect(row).toEqual({
    line: 2,
    faults: [],
    likeBefore: 0,
    id: 'A1',
    body: {
      code: 'A1',
      name: '门',
      price: '12300.50',
      since: '2026-03-09',
      changed: '2026-03-09T09:20:00+08:00',
      stock: 7,
      weight: '1234.5',
      sold: true,
      level: 'other',
      marks: ['a', 'b'],
      outlets: ['X1', 'X2', 'X3'],
      parts: [{ part: '锁', quantity: '2' }],
    },
  });
});

describe('what is wrong is said by row, column and remedy', () => {
  test.each([
    ['编号,名称,单价\nA,门,十二\n', '2 单价: "十二": not an amount such as 1200.50; remedy: correct the cell'],
    ['编号,名称\nA,\n', '2 名称: must be filled; remedy: correct the cell'],
    [
      '编号,名称,上市日期\nA,门,2026-02-30\n',
      '2 上市日期: must be a day that exists, from 1900-01-01 to 2199-12-31; remedy: correct the cell',
    ],
    ['编号,名称,等级\nA,门,重要\n', '2 等级: must be one of: key, other, key2; remedy: correct the cell'],
    ['编号,名称,部件\nA,门,锁\n', '2 部件[0]: must be fields and values; remedy: correct the cell'],
    ['编号,名称,在售\nA,门,也许\n', '2 在售: must be true or false; remedy: correct the cell'],
    ['编号,名称,库存\nA,门,1.5\n', '2 库存: must be a whole number; remedy: correct the cell'],
    [
      '编号,名称,库存\nA,门,1.23457E+19\n',
      '2 库存: is a number of more than 15 digits, which the spreadsheet has rounded; remedy: format the column as text and enter the number again',
    ],
    ['编号,名称,\nA,门,x\n', '2 C: holds something, but the column has no heading; remedy: give the column a heading, or clear the cell'],
    ['编号,名称\nA,门\nB,窗\nA,锁\n', '4 编号: is that of row 2 already; remedy: keep one of the rows'],
    ['编号,名称,许可证\nA,门,X\nB,窗,X\n', '3 许可证: is that of row 2 already; remedy: keep one of the rows'],
    ['编号,名称\nA,门,x\n', '2 has 3 cells where the heading has 2; remedy: put the missing or surplus delimiter or quote right'],
  ])('%j', async (csv, what) => expect(await faults(csv)).toEqual([what]));

  test('all of a row at once, and the other rows are taken', async () => {
    const rows = await rowsOf('编号,名称,单价,库存\nA 1,,x,y\nB,窗,1,1\n');
    expect(rows.map(({ faults: found }) => found.map(({ column }) => column))).toEqual([['编号', '名称', '单价', '库存'], []]);
    expect(rows[0]?.faults[1]?.what.zh).toMatch(/^必填/);
  });
});

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .map((one) => `x${one}`.normalize('NFC'))
  .filter((one) => !/[\p{Co}\p{Cn}\p{Cs}\uFFFD]|(?![\n\t])\p{Cc}/u.test(one));
const code = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.#-]{0,20}$/);
const optional = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const decimal = fc
  .tuple(fc.integer({ min: -999_999_999, max: 999_999_999 }), fc.integer({ min: 0, max: 999_999 }))
  .map(([a, b]) => `${a}.${b}`);
const at = fc
  .integer({ min: Date.UTC(1902, 0, 1) / 1000, max: Date.UTC(2199, 11, 31) / 1000 })
  .map((s) => new Date(s * 1000).toISOString());
const input = fc.record({
  code,
  name: fc.oneof(text, fc.constantFrom('=1+1', '+86 10', '-', "'=x", '@a', '12345678901234567890', '00123', '1e5', '2026-03-09', '是')),
  price: optional(fc.integer({ min: 1, max: 9e15 }).map((fen) => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`)),
  since: optional(at.map((one) => one.slice(0, 10))),
  changed: optional(at),
  stock: optional(fc.integer()),
  weight: optional(decimal),
  sold: optional(fc.boolean()),
  level: optional(fc.constantFrom('key', 'other', 'key2')),
  marks: optional(fc.uniqueArray(fc.constantFrom('a', 'b', 'c'))),
  outlets: optional(fc.uniqueArray(code, { maxLength: 4 })),
  parts: optional(fc.array(fc.record({ part: text, quantity: decimal }), { maxLength: 3 })),
});

property.prop([fc.uniqueArray(input, { selector: (one) => one.code, minLength: 1, maxLength: 5 })], { numRuns: 60 })(
  'what leaves comes back the same, as CSV and as XLSX, in either language',
  async (inputs) => {
    const bodies = inputs.map((one): EntryBody => {
      const reading = readEntry(def, JSON.parse(JSON.stringify(one)));
      if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
      return reading.body;
    });
    const columns = columnsOf(def);
    const values = async function* (lang: Lang): AsyncGenerator<Values> {
      for (const body of bodies) yield columns.map(({ of }) => of({ id: String(body['code']), status: 'inForce', body }, lang));
    };
    const tidied = (body: EntryBody): string => canonicalJson({ ...body, name: String(body['name']).trim() });
    const outs = (['zh', 'en'] as const).flatMap((lang) => [
      writeCsv(columns, values(lang), lang),
      writeXlsx('表', columns, values(lang), lang) as AsyncIterable<Buffer>,
    ]);
    for (const out of outs) {
      const chunks: Buffer[] = [];
      for await (const chunk of out) chunks.push(Buffer.from(chunk));
      const table = await readTable(Buffer.concat(chunks));
      const rows = readRows(def, findFields(def, table.columns), table);
      expect(rows.flatMap((row) => row.faults)).toEqual([]);
      expect(rows.map(({ body }) => tidied(body ?? {}))).toEqual(bodies.map(tidied));
    }
  },
);
