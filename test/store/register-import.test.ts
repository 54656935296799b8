/** Files into registers: every good row once, every other named, whatever comes between; 10,000 rows with one in a hundred bad. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { listEntries } from '../../db/read/entries.ts';
import { addEntry } from '../../db/entries.ts';
import { beginImport, finishImport } from '../../db/imports.ts';
import type { RegisterDef } from '../../domain/register/definition.ts';
import { columnsOf } from '../../exchange/columns.ts';
import { importTable, type ImportResult } from '../../exchange/import.ts';
import { reportCsv } from '../../exchange/report.ts';
import { loadRegistersText } from '../../packs/registers/load.ts';
import { readTable } from '../../sheets/read/read.ts';
import { writeCsv } from '../../sheets/write/csv.ts';
import { writeXlsx } from '../../sheets/write/xlsx.ts';
import { useStore } from './support/store.ts';

const store = useStore();
const registers = loadRegistersText(
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
      - { name: name, type: text, required: true, open: true, zh: 名称, en: name }
      - { name: price, type: money, zh: 单价, en: price }
      - { name: licence, type: text, open: true, zh: 许可证, en: licence }
      - { name: like, type: ref, register: goods, zh: 同类, en: like }
  notes:
    zh: 记录
    en: notes
    clause: '2'
    prefix: JL
    write: { s3-cs19: [customerService] }
    fields:
      - { name: text, type: text, required: true, zh: 内容, en: text }
      - { name: goods, type: ref, register: goods, zh: 产品, en: goods }
  homes:
    zh: 房屋
    en: homes
    clause: '3'
    key: code
    prefix: FW
    search: [building]
    write: { s3-cs19: [customerService] }
    fields:
      - { name: code, type: id, required: true, zh: 房号, en: unit }
      - { name: estate, type: id, required: true, zh: 小区, en: estate }
      - { name: building, type: text, required: true, zh: 楼栋, en: building }
      - { name: builder, type: id, required: true, zh: 施工单位, en: builder }
`,
  'a test',
);
const at = Date.UTC(2026, 2, 9);
const goods = registers.get('goods') as RegisterDef;
const notes = registers.get('notes') as RegisterDef;
const homes = registers.get('homes') as RegisterDef;

async function run(def: RegisterDef, file: string | Buffer, dryRun = false): Promise<ImportResult> {
  const bytes = Buffer.from(file);
  const fileHash = createHash('sha256').update(bytes).digest('hex');
  return importTable(store.db, { def, table: await readTable(bytes), fileHash, person: 'clerk', at, dryRun });
}
const counts = ({ new: added, changed, same, bad }: ImportResult): number[] => [added, changed, same, bad];
const said = ({ faults }: ImportResult): string[] =>
  faults.flatMap(({ line, faults: found }) => found.map(({ column, what }) => `${line} ${column ?? ''}: ${what.en}`));
const entries = async (def: RegisterDef) => (await listEntries(store.db, def, { filter: {}, after: '', limit: 50_000 })).items;
const versions = async (): Promise<number> =>
  (await store.db.selectFrom('entry_version').select('id').where('register', 'in', ['goods', 'notes']).execute()).length;

test('a dry run says what every row would become and writes nothing; a run does it; twice is once', async () => {
  await store.db
    .transaction()
    .execute((trx) => addEntry(trx, { def: goods, body: { code: 'OLD', name: '旧', price: '1.00', licence: 'L1' }, person: 'x', at }));
  const file = '编号,名称,单价,许可证\nOLD,新,2,L1\nA,门,,L2\nB,窗,,L1\nC,锁,一,\nA,门,,\n';
  const before = await versions();
  const dry = await run(goods, file, true);
  expect(counts(dry)).toEqual([1, 1, 0, 3]);
  expect(said(dry)).toEqual([
    '4 许可证: is that of row 2 already',
    '5 单价: "一": not an amount such as 1200.50',
    '6 编号: is that of row 3 already',
  ]);
  expect(await versions()).toBe(before);
  expect(await store.db.selectFrom('register_import').selectAll().execute()).toEqual([]);

  expect({ ...(await run(goods, file)), dryRun: true }).toEqual(dry);
  expect(await versions()).toBe(before + 2);
  expect(counts(await run(goods, file))).toEqual([0, 0, 2, 3]);
  expect(await versions()).toBe(before + 2);
});

test('against the register: a further key of somebody else, a name that is not there; rows may name one another', async () => {
  const result = await run(goods, 'code,name,licence,like\nD,a,L1,\nE,b,,\nF,c,,E\nG,d,,NOBODY\n');
  expect(said(result)).toEqual(['2 licence: is that of entry OLD already', '5 like: names an entry that is not there: goods NOBODY']);
  expect((await entries(goods)).map(({ id }) => id)).toContain('F');
});

test('what is not in force yet may not be named: the dry run says what the run says', async () => {
  const draft = { ...goods, review: { pack: 's3-cs19', review: 'serviceManager', approve: 'generalManager' } };
  await store.db.transaction().execute((trx) => addEntry(trx, { def: draft, body: { code: 'DRAFT', name: '草稿' }, person: 'x', at }));
  const file = 'text,goods\n甲,DRAFT\n乙,OLD\n';
  const dry = await run(notes, file, true);
  expect(said(dry)).toEqual(['2 goods: names an entry that is not there: goods DRAFT']);
  expect({ ...(await run(notes, file)), dryRun: true }).toEqual(dry);
});

test('runs that begin while others finish: each gets one that is under way', async () => {
  const begin = (n: number) =>
    beginImport(store.db, { id: `${n}`, register: 'races', fileHash: 'f', person: 'clerk', at }).then(async (found) => {
      await finishImport(store.db, found.id, at);
      return found.id;
    });
  expect(await Promise.all(Array.from({ length: 60 }, (_, n) => begin(n)))).toHaveLength(60);
});

test('columns that the file lacks stay as they are; an empty cell clears', async () => {
  expect(counts(await run(goods, '编号,名称\nOLD,更新\n'))).toEqual([0, 1, 0, 0]);
  expect((await entries(goods)).find(({ id }) => id === 'OLD')?.body).toMatchObject({ name: '更新', price: '2.00', licence: 'L1' });
  expect(counts(await run(goods, '编号,名称,单价\nOLD,更新,\n'))).toEqual([0, 1, 0, 0]);
  expect((await entries(goods)).find(({ id }) => id === 'OLD')?.body['price']).toBeUndefined();
});

test('entries without a key of their own: the same row in another file is the same, two alike in one are two; a number names one', async () => {
  expect(counts(await run(notes, '内容\n甲\n乙\n乙\n'))).toEqual([3, 0, 0, 0]);
  expect(counts(await run(notes, '内容\n乙\n丙\n乙\n甲\n'))).toEqual([1, 0, 3, 0]);
  const [first] = await entries(notes);
  const changed = await run(notes, `登记编号,内容\n${first!.id},改\nJL-1999-00001,无\n,丙\n`);
  expect(counts(changed)).toEqual([0, 1, 1, 1]);
  expect(said(changed)).toEqual(['3 登记编号: is the number of no entry']);
});

test('the report holds the bad rows alone, and corrected it is imported', async () => {
  const file = '编号,名称,单价\nR1,=1,一\nR2,好,1\n"R3,坏,2\n';
  const table = await readTable(Buffer.from(file));
  const { faults } = await run(goods, file);
  let report = '';
  for await (const line of reportCsv(table, faults, 'zh')) report += line;
  expect(report.split('\r\n').slice(0, 3)).toEqual([
    '\uFEFF编号,名称,单价,原行号,错误',
    `R1,"'=1",一,2,"单价:“一”:不是金额,应如 1200.50;请更正该单元格"`,
    expect.stringMatching(/^"""R3,坏,2",,,4,"有未闭合的引号/),
  ]);
  const again = await run(goods, report.replace(',一,', ',3,').replace('"""R3,坏,2",,', 'R3,坏,2'));
  expect(again).toMatchObject({ new: 2, bad: 0, unknownColumns: [] });
  expect((await entries(goods)).find(({ id }) => id === 'R1')?.body['name']).toBe('=1');
});

test.each(['csv', 'xlsx'])('what is exported as %s is the same when it is imported', async (format) => {
  for (const def of [goods, notes]) {
    const columns = columnsOf(def);
    const all = await entries(def);
    const rows = async function* () {
      for (const entry of all) yield columns.map(({ of }) => of(entry));
    };
    const chunks: Buffer[] = [];
    const out = format === 'csv' ? writeCsv(columns, rows()) : (writeXlsx('表', columns, rows()) as AsyncIterable<Buffer>);
    for await (const chunk of out) chunks.push(Buffer.from(chunk));
    expect(counts(await run(def, Buffer.concat(chunks)))).toEqual([0, 0, all.length, 0]);
  }
});

const ROWS = 10_000;
const isBad = (i: number): boolean => i % 100 === 50;
const rowsOfHomes = (): string =>
  `房号,小区,楼栋,施工单位\n${Array.from({ length: ROWS }, (_, i) => `U${i},E1,B${i % 9},${isBad(i) ? '某 公司' : 'C1'}`).join('\n')}\n`;

test(
  'an import that is killed goes on where it was: 10,000 rows, each bad one named, none lost, none twice',
  { timeout: 240_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'redress-import-'));
    try {
      const file = join(folder, 'homes.csv');
      await writeFile(file, rowsOfHomes());
      const killed = spawn(
        process.execPath,
        [join(import.meta.dirname, '..', 'support', 'import-process.ts'), JSON.stringify({ url: store.url, file, def: homes })],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      for await (const line of createInterface({ input: killed.stdout })) if (Number(line) >= 2_000) killed.kill('SIGKILL');
      const [broken] = await store.db.selectFrom('register_import').selectAll().where('register', '=', 'homes').execute();
      expect(broken).toMatchObject({ finished_at: null });
      expect(broken!.upto).toBeGreaterThanOrEqual(2_000);
      expect(broken!.upto).toBeLessThan(ROWS);

      const result = await run(homes, rowsOfHomes());
      expect(counts(result)).toEqual([ROWS - ROWS / 100, 0, 0, ROWS / 100]);
      const bad = Array.from({ length: ROWS }, (_, i) => i).filter(isBad);
      expect(result.faults.map(({ line }) => line)).toEqual(bad.map((i) => i + 2));
      expect(said(result)[0]).toBe('52 施工单位: must be an id such as DEMO-1-101');
      const written = await store.db.selectFrom('entry_version').select(['id', 'version']).where('register', '=', 'homes').execute();
      expect(new Set(written.map(({ id }) => id)).size).toBe(ROWS - ROWS / 100);
      expect(written.every(({ version }) => version === 1)).toBe(true);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);
