/** A company's own pack that extends a shipped one is of its family wherever something is kept by pack beside the cases. */
import { beforeAll, expect, test } from 'vitest';
import { stockPacks } from '../../db/packs.ts';
import { loadPackText } from '../../packs/load.ts';
import { useApi, type Caller } from './support/api.ts';
import { useEngine } from './support/engine.ts';

const office = useEngine();
const api = useApi(office);
const own = (id: string, base: string, prefix: string, version = '1.0.0') =>
  loadPackText(
    `extends: ${base}\nid: ${id}\nversion: ${version}\ntitle: { zh: 本公司程序, en: Our own }\nnumberPrefix: ${prefix}\n`,
    `${id}.yaml`,
  );
const decision = { reference: '财〔2026〕1号', by: '总经理', at: '2026-11-01 09:00', reason: '设立' };
const fund = { kind: 'fund', fund: 'customerService', decision };
let clerk: Caller;
let number: string;
beforeAll(async () => {
  // Two steps away: it extends what extends the shipped procedure.
  expect(await stockPacks(office.db, [own('acme', 's3-cs19-demo', 'ACME'), own('acme-eval', 's1-eval', 'AEVAL')])).toEqual([]);
  clerk = await api.withPacks('a-clerk', { acme: ['recordsClerk', 'customerService', 'finance'] });
  const opened = await clerk.post('/api/cases', {
    pack: 'acme',
    kind: 'repair',
    form: { channel: 'hotline', summary: '窗户漏水', customerName: '王晓', telephone: '13800001234' },
  });
  expect([opened.status, opened.text]).toEqual([201, expect.any(String)]);
  number = String(opened.body['number']);
});

test('its cases stand in the views of the base, for whom they concern', async () => {
  expect((await clerk.get('/api/views/calls')).body['items']).toMatchObject([{ number, pack: 'acme' }]);
  expect((await (await api.as('recordsClerk')).get('/api/views/calls')).body['items']).toEqual([]);
});

test('its roles write and read the registers of the base, and see accounts; roles of the base see no case of it', async () => {
  const ids = async (by: Caller) => (await by.get('/api/registers')).body['items'].map(({ id }: { id: string }) => id);
  const base = await api.as('recordsClerk', 'customerService', 'finance');
  expect(await ids(clerk)).toEqual(await ids(base));
  const written = await clerk.post('/api/registers/customers/entries', { body: { code: 'KH-ACME', name: '本公司客户' } });
  expect([written.status, written.text]).toEqual([201, expect.any(String)]);
  const opened = await clerk.post('/api/accounts', fund);
  expect([opened.status, opened.text]).toEqual([201, expect.any(String)]);
  expect((await base.get(`/api/cases/${number}`)).status).toBe(404);
});

test('why says what is left in the fund of the base', async () => {
  const form = {
    trades: 'single',
    signedBy: ['客户服务部', '物业公司', '维修队长', '施工单位'],
    responsible: 'company',
    estimate: '800.00',
  };
  expect((await clerk.post(`/api/cases/${number}/steps/survey`, { form })).status).toBe(200);
  expect((await clerk.get(`/api/cases/${number}/why?lang=zh`)).text).toContain('周转金');
});

test('its roles evaluate as those of the pack it extends', async () => {
  const period = '/api/audits/gbt27922?from=2026-01-01%2000:00&to=2026-12-31%2024:00';
  expect((await (await api.withPacks('a-auditor', { 'acme-eval': ['evaluationGroup'] })).get(period)).status).toBe(200);
  expect((await (await api.withPacks('a-driver', { 'acme-eval': ['department'] })).get(period)).status).toBe(403);
});

test('its customers follow their case by a link', async () => {
  const made = await clerk.post(`/api/cases/${number}/tracking-link`, { telephone: '13800001234' });
  expect([made.status, made.text]).toEqual([201, expect.any(String)]);
  const seen = await api.anybody.post('/api/public/tracking', { secret: made.body['secret'], tail: '1234' });
  expect([seen.status, seen.text]).toEqual([200, expect.any(String)]);
});

test('a version that is only proposed gives no rights', async () => {
  await stockPacks(office.db, [own('loner', 's2-cement', 'LONE')]);
  const before = await office.db.selectFrom('pack_version').select('id').where('id', '=', 'loner').execute();
  expect(before).toHaveLength(1);
  await stockPacks(office.db, [own('loner', 's3-cs19', 'LONE', '1.1.0')]);
  const by = await api.withPacks('a-loner', { loner: ['finance'] });
  expect((await by.post('/api/accounts', fund)).status).toBe(403);
});
