/** Deliveries as people and operators see them. */
import { beforeAll, expect, test } from 'vitest';
import { record } from '../../db/record.ts';
import { ofDeliveries } from '../../scripts/stack/warnings.ts';
import { batchOf, story } from '../store/support/story.ts';
import { useStore } from '../store/support/store.ts';
import { useApi } from './support/api.ts';
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
let ids: string[];
beforeAll(async () => {
  await record(store.db, batchOf(story('CS19-2026-000001')));
  await record(store.db, batchOf(story('CS19-2026-000002')));
  const notices = (number: string) => store.db.selectFrom('outbox').select('id').where('case_number', '=', number).orderBy('id').execute();
  const [[first], [second]] = [await notices('CS19-2026-000001'), await notices('CS19-2026-000002')];
  const row = { channel: 'leaders', person: null, created_at: new Date() };
  const made = await store.db
    .insertInto('delivery')
    .values([
      { ...row, message_id: 'm1', notices: [first!.id], status: 'sent' },
      { ...row, message_id: 'm2', notices: [first!.id, second!.id], status: 'stuck', why: 'HTTP 500', attempts: 6, queued: true },
    ])
    .returning('id')
    .execute();
  ids = made.map(({ id }) => id);
});

test('whoever sees the case sees what became of its notices, and nothing of other cases', async () => {
  const clerk = await api.as('recordsClerk');
  const { body } = await clerk.get('/api/cases/CS19-2026-000001/deliveries');
  expect(body['items']).toMatchObject([
    { id: ids[0], status: 'sent', told: [{ case: 'CS19-2026-000001' }] },
    { id: ids[1], status: 'stuck', why: 'HTTP 500', told: [{ case: 'CS19-2026-000001' }] },
  ]);
  expect(JSON.stringify(body)).not.toContain('CS19-2026-000002');
  const stranger = await api.withPacks('stranger', { 's4-feedback': ['quality'] });
  expect((await stranger.get('/api/cases/CS19-2026-000001/deliveries')).status).toBe(404);
  expect((await clerk.get('/api/deliveries')).status).toBe(403);
});

test('the results stand in the case’s timeline, by instant, as no part of the chain', async () => {
  const clerk = await api.as('recordsClerk');
  const path = '/api/cases/CS19-2026-000001/timeline';
  const record = (await clerk.get('/api/cases/CS19-2026-000001/events?limit=100')).body['items'] as { seq: number; recordedAt: string }[];
  const [third, last] = [record[2]!, record.at(-1)!];
  const half = new Date(Date.parse(third.recordedAt) + 60_000);
  await store.db.updateTable('delivery').set({ sent_at: half, attempts: 1 }).where('id', '=', ids[0]!).execute();
  await store.db
    .updateTable('delivery')
    .set({ tried_at: new Date(last.recordedAt) })
    .where('id', '=', ids[1]!)
    .execute();
  type Entry = { at: string; of: string; event: { seq: number; hash: string } | null; delivery: Record<string, unknown> | null };
  const items: Entry[] = [];
  let next: string | null = '';
  while (next !== null) {
    const { body }: { body: Record<string, any> } = await clerk.get(`${path}?limit=3${next === '' ? '' : `&cursor=${next}`}`);
    items.push(...body['items']);
    next = body['next'];
  }
  expect(items.flatMap(({ event }) => (event === null ? [] : [event]))).toEqual(record);
  expect(items.map(({ at }) => Date.parse(at))).toEqual(items.map(({ at }) => Date.parse(at)).toSorted((a, b) => a - b));
  const results = items.filter(({ of }) => of === 'delivery');
  expect(results.map(({ delivery }) => delivery)).toMatchObject([
    { channel: 'leaders', person: null, result: 'delivered', told: [{ recipient: expect.any(String) }] },
    { channel: 'leaders', result: 'stuck', why: 'HTTP 500', attempts: 6 },
  ]);
  expect(results.every(({ event }) => event === null)).toBe(true);
  expect(items.indexOf(results[0]!)).toBe(3);
  expect(items.at(-1)).toBe(results[1]);
  expect(JSON.stringify(items)).not.toMatch(/CS19-2026-000002|https?:|@/);
  const stranger = await api.withPacks('stranger', { 's4-feedback': ['quality'] });
  expect((await stranger.get(path)).status).toBe(404);
  expect((await clerk.get(`${path}?cursor=x`)).body['code']).toBe('bad-cursor');
});

test('operators see one that nobody tries, are told by the metric and by the command', async () => {
  const [{ id }, old] = [{ id: ids[0]! }, new Date(Date.now() - 16 * 60_000)];
  await store.db.updateTable('delivery').set({ status: 'waiting', tried_at: old }).where('id', '=', id).execute();
  const operator = await api.withPacks('operator', { redress: ['administrator'] });
  expect((await operator.get('/api/deliveries')).body['items'].map((one: { id: string }) => one.id)).toEqual(ids);
  const { text } = await api.anybody.get('/metrics');
  expect(text).toContain('redress_deliveries_stuck{channel="leaders"} 2');
  expect(ofDeliveries(text)).toEqual([
    { zh: expect.stringContaining('渠道“leaders”有2条通知未送达'), en: expect.stringContaining('2 notices have not got through') },
  ]);
  await store.db.updateTable('delivery').set({ status: 'sent' }).where('id', '=', id).execute();
  expect(ofDeliveries((await api.anybody.get('/metrics')).text)).toHaveLength(1);
});

test('operators see what is stuck and have it tried again', async () => {
  const operator = await api.withPacks('operator', { redress: ['administrator'] });
  expect((await operator.get('/api/deliveries')).body['items']).toMatchObject([{ id: ids[1], status: 'stuck' }]);
  expect((await operator.post(`/api/deliveries/${ids[1]}/again`, {})).status).toBe(200);
  expect((await operator.post(`/api/deliveries/${ids[1]}/again`, {})).status).toBe(404);
  expect((await operator.post(`/api/deliveries/${ids[0]}/again`, {})).status).toBe(404);
  expect(await store.db.selectFrom('delivery').select(['status', 'queued']).where('id', '=', ids[1]!).execute()).toEqual([
    { status: 'waiting', queued: false },
  ]);
});
