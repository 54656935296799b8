/** GB/T 27922 through HTTP: evidence, marks, issue; by whom. */
import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { putEntry } from '../../db/entries.ts';
import { parseBeijing } from '../../domain/time.ts';
import { loadRegisters } from '../../packs/registers/load.ts';
import { useStore } from '../store/support/store.ts';
import { useApi, type Caller } from './support/api.ts';
import { scriptedDesk } from './support/desk.ts';

const store = useStore();
const api = useApi({
  get db() {
    return store.db;
  },
  get url() {
    return store.url;
  },
  desk: scriptedDesk(),
});
const year = { from: '2026-01-01 00:00', to: '2026-12-31 24:00' };
const evidence = '/api/audits/gbt27922?from=2026-01-01%2000:00&to=2026-12-31%2024:00';
let auditor: Caller;
let manager: Caller;
beforeAll(async () => {
  auditor = await api.withPacks('p-auditor', { 's1-eval': ['evaluationGroup'] });
  manager = await api.withPacks('p-manager', { 's1-eval': ['manager'] });
  const body = { what: '旧泵', quantity: '2', way: 'recycled', rule: '回收办法', receiver: '回收站', on: '2026-04-01' };
  await putEntry(store.db, { def: loadRegisters().get('disposals')!, body, person: 'p', at: parseBeijing('2026-04-01 10:00') });
});

test('evidence of a period, for those who evaluate', async () => {
  const { status, body } = await auditor.get(evidence);
  expect(status).toBe(200);
  expect(body['items']).toHaveLength(24);
  expect(body['items'].filter((one: { evidence: number }) => one.evidence > 0)).toMatchObject([
    { indicator: 'GB.P24', evidence: 1, points: 10 },
  ]);
  expect((await (await api.as('customerService')).get(evidence)).status).toBe(403);
  expect((await auditor.get('/api/audits/gbt27922?from=2026-02-01&to=2026-01-01')).status).toBe(400);
});

test('opened once, marked with reasons, issued by the manager, frozen', async () => {
  const key = { 'idempotency-key': randomUUID() };
  const first = await auditor.post('/api/audits', year, key);
  expect(first.status).toBe(201);
  const { id } = first.body as { id: string };
  expect((await auditor.post('/api/audits', year, key)).body['id']).toBe(id);
  expect((await auditor.post('/api/audits', { ...year, from: '2026-02-01 00:00' }, key)).body['code']).toBe('key-reused');
  const mark = (body: Record<string, unknown>) =>
    auditor.post(`/api/audits/${id}/marks`, { applicable: true, points: 0, reason: '查验', ...body });
  expect((await mark({ indicator: 'GB.P1', points: 5 })).body).toMatchObject({ code: 'mark-refused' });
  expect((await mark({ indicator: 'GB.P24', points: 9, reason: '' })).status).toBe(400);
  expect((await mark({ indicator: 'GB.P24', points: 9 })).body['result']).toMatchObject({ won: 9 });
  expect((await manager.post(`/api/audits/${id}/issue`, {})).body['code']).toBe('audit-open');
  for (let n = 1; n <= 23; n += 1) await mark({ indicator: `GB.P${n}`, applicable: n > 22 });
  expect((await auditor.post(`/api/audits/${id}/issue`, {})).status).toBe(403);
  const issued = await manager.post(`/api/audits/${id}/issue`, {});
  expect(issued.body).toMatchObject({ issued: { person: 'p-manager' }, result: { won: 9, of: 20, score: '45.00', band: null, open: [] } });
  expect((await mark({ indicator: 'GB.P24', points: 1 })).body['code']).toBe('audit-issued');
  expect((await auditor.get(`/api/audits/${id}`)).body).toEqual(issued.body);
  expect((await auditor.get('/api/audits')).body['items']).toMatchObject([{ id, issued: true }]);
  expect((await auditor.get(`/api/audits/${'0'.repeat(32)}`)).status).toBe(404);
});
