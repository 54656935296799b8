/** Registers as files through HTTP: who may, what is taken, what is answered, and what must not get through. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadRegistersText } from '../../packs/registers/load.ts';
import { readTable } from '../../sheets/read/read.ts';
import { excelFile } from '../support/zip.ts';
import { useStore } from '../store/support/store.ts';
import { useApi, type Answer, type Caller } from './support/api.ts';
import { scriptedDesk } from './support/desk.ts';
import { sendFile } from './support/multipart.ts';

const registers = loadRegistersText(
  `
id: company
version: 1.0.0
registers:
  people:
    zh: 客户
    en: customers
    clause: '1'
    key: code
    prefix: P
    search: [name]
    write: { s3-cs19: [customerService] }
    read: { s3-cs19: [finance] }
    fields:
      - { name: code, type: id, required: true, zh: 编号, en: code }
      - { name: name, type: text, required: true, zh: 名称, en: name }
      - { name: since, type: instant, zh: 建档时间, en: since }
      - { name: fee, type: money, zh: 费用, en: fee }
  letters:
    zh: 来函
    en: letters
    clause: '2'
    prefix: LH
    write: { s3-cs19: [customerService] }
    fields:
      - { name: subject, type: text, required: true, zh: 事由, en: subject }
      - { name: files, type: files, zh: 附件, en: files }
`,
  'a test',
);
const store = useStore();
const api = useApi(
  {
    get db() {
      return store.db;
    },
    get url() {
      return store.url;
    },
    desk: scriptedDesk(),
  },
  { registers },
);
const url = '/api/registers/people';
let clerk: Caller;
beforeAll(async () => {
  clerk = await api.as('customerService');
});
const send = (file: string | Buffer, query = '', type = 'text/csv', who = clerk): Promise<Answer> =>
  who.post(`${url}/imports${query}`, Buffer.from(file), { 'content-type': type });
const file = '编号,名称,建档时间,费用,备注\nK1,=王,2026-03-09 09:20,12300.5,x\nK2,李,昨天,1,\n';

test('a dry run writes nothing; a run takes the good rows and names the others; again is the same', async () => {
  const dry = await send(file, '?dryRun=true');
  expect(dry.status).toBe(200);
  expect(dry.body).toMatchObject({
    dryRun: true,
    kind: 'CSV, UTF-8',
    rows: 2,
    new: 1,
    changed: 0,
    same: 0,
    bad: 1,
    unknownColumns: ['备注'],
  });
  expect(dry.body['faults']).toEqual([
    {
      line: 3,
      faults: [
        {
          column: '建档时间',
          what: expect.objectContaining({ en: '"昨天" is not a time like 2026-03-09 09:20' }),
          remedy: { zh: '请更正该单元格', en: 'correct the cell' },
        },
      ],
    },
  ]);
  expect((await clerk.get(`${url}/entries`)).body['items']).toEqual([]);
  expect((await send(file)).body).toMatchObject({ dryRun: false, new: 1, bad: 1 });
  expect((await send(file)).body).toMatchObject({ new: 0, same: 1, bad: 1 });
  const report = await send(file, '?dryRun=true&answer=csv');
  expect(report.headers['content-type']).toContain('text/csv');
  expect(report.text).toMatch(/^\uFEFF编号,名称,建档时间,费用,备注,原行号,错误\r\nK2,李,昨天,1,,3,/);
});

test.each(['csv', 'xlsx'])('the export as %s has Chinese headings and comes back the same; the reading is noted', async (format) => {
  const noted = async (): Promise<number> => (await store.db.selectFrom('journal').selectAll().execute()).length;
  const before = await noted();
  const { status, raw, headers } = await clerk.get(`${url}/export?format=${format}`);
  expect(status).toBe(200);
  expect(headers['content-disposition']).toContain(`.${format}`);
  const table = await readTable(raw);
  expect(table.columns).toEqual(['编号', '名称', '建档时间', '费用(元)', '登记状态']);
  expect(table.rows.map(({ cells }) => [...cells.values()].map(({ text }) => text))).toEqual([
    ['K1', '=王', format === 'csv' ? '2026-03-09T09:20:00+08:00' : '2026-03-09 09:20:00', expect.stringMatching(/^12300\.50?$/), '有效'],
  ]);
  expect(await noted()).toBe(before + 1);
  const type = format === 'csv' ? 'text/csv' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  expect((await send(raw, '', type)).body).toMatchObject({ rows: 1, new: 0, changed: 0, same: 1, bad: 0 });
  const english = await clerk.get(`${url}/export?format=${format}&lang=en`);
  expect((await readTable(english.raw)).columns.at(-1)).toBe('entry status');
  expect((await send(english.raw, '', type)).body).toMatchObject({ rows: 1, same: 1, bad: 0, unknownColumns: [] });
});

test('a row may name files that the person has sent, which are then attached; any other is a fault of the row', async () => {
  const mine = await sendFile(clerk, `scan ${randomUUID()}`, '来函.txt');
  const foreign = await sendFile(await api.as('recordsClerk'), `scan ${randomUUID()}`);
  const nowhere = 'a'.repeat(64);
  const rows = `事由,附件\n甲,${mine}\n乙,${nowhere}\n丙,${foreign}\n`;
  const at = '/api/registers/letters';
  const put = (query: string) => clerk.post(`${at}/imports${query}`, Buffer.from(rows), { 'content-type': 'text/csv' });
  const faults = [nowhere, foreign].map((hash, i) => ({
    line: 3 + i,
    faults: [
      expect.objectContaining({ column: '附件[0]', what: expect.objectContaining({ en: `names a file that is not there: ${hash}` }) }),
    ],
  }));
  expect((await put('?dryRun=true')).body).toMatchObject({ new: 1, bad: 2, faults });
  expect((await put('')).body).toMatchObject({ new: 1, bad: 2, faults });
  const [entry] = (await clerk.get(`${at}/entries`)).body['items'] as { id: string }[];
  expect((await clerk.get(`${at}/entries/${entry?.id}/attachments`)).body['items']).toMatchObject([{ hash: mine, name: '来函.txt' }]);
});

describe('who may', () => {
  test.each([
    ['finance', 403, 200],
    ['design', 404, 404],
  ])('%s: import %d, export %d', async (role, importing, exporting) => {
    const who = await api.as(role);
    expect((await send(file, '', 'text/csv', who)).status).toBe(importing);
    expect((await who.get(`${url}/export`)).status).toBe(exporting);
  });
  test('nobody without a token', async () => {
    expect((await send(file, '', 'text/csv', api.anybody)).status).toBe(401);
    expect((await api.anybody.get(`${url}/export`)).status).toBe(401);
  });
});

describe('a file that cannot be used is refused as a whole, with what would be right', () => {
  test.each([
    ['no column that must be there', '编号\nK1\n', 'text/csv', 422, 'bad-table', '缺少必填列:名称'],
    ['empty', '\n', 'text/csv', 422, 'bad-table', '没有标题'],
    ['a bomb', excelFile({ name: 'xl/worksheets/sheet1.xml', bytes: Buffer.alloc(9_000_000), says: 10 }), 'application/octet-stream', 422, 'bad-table', '解压后过大'], // prettier-ignore
    ['too many rows', `编号,名称\n${'K,x\n'.repeat(20_001)}`, 'text/csv', 422, 'bad-table', '超过20000行'],
    ['too large', Buffer.alloc(20 * 1024 * 1024 + 1, 'a'), 'text/csv', 413, 'body-too-large', ''],
    ['JSON', '{}', 'application/json', 415, 'unsupported-media-type', 'CSV'],
    ['a picture', 'x', 'image/png', 415, 'unsupported-media-type', ''],
  ])('%s', async (_, body, type, status, code, what) => {
    const answer = await send(body, '', type);
    expect({ status: answer.status, code: answer.body['code'] }).toEqual({ status, code });
    expect(answer.text).toContain(what);
  });
  test('no Idempotency-Key', async () =>
    expect(
      (await clerk.post(`${url}/imports`, Buffer.from(file), { 'content-type': 'text/csv', 'idempotency-key': '' })).body['code'],
    ).toBe('key-missing'));
});
