/** The developer's registers as they ship: two activities at once are seen, a customer's data are kept up to date. */
import { expect, test } from 'vitest';
import { addEntry } from '../../db/entries.ts';
import { loadRegisters } from '../../packs/registers/load.ts';
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

test('[CS19.P30 CS19.P31] a theme activity beside a community activity warns, in another estate it does not', async () => {
  const who = await api.as('customerService');
  const enter = async (body: object) => (await who.post('/api/registers/activities/entries', { body })).body;
  const plans = [{ plan: '会所', effect: 'little', chosen: true }];
  const community = {
    kind: 'community',
    theme: '中秋晚会',
    place: 'E-1',
    from: '2026-09-24',
    until: '2026-09-25',
    organiser: 'externalRelations',
  };
  const first = await enter({ ...community, plans });
  expect(first).toMatchObject({ warnings: [] });
  expect(await enter(community)).toMatchObject({ code: 'bad-facts' });
  const theme = { kind: 'theme', theme: '义诊', stage: 'residence', place: 'E-1', from: '2026-09-25', organiser: 'customerService' };
  expect(await enter(theme)).toMatchObject({ warnings: [{ check: 'overlap', entries: [first['id']] }] });
  expect(await enter({ ...theme, place: 'E-2' })).toMatchObject({ warnings: [] });
});

test('[CS19.P33] what is known of a customer is updated with a reason, and what was known before stays', async () => {
  const at = '/api/registers/customers/entries';
  const buyer = { code: 'KH-P33', name: '李某', purchase: 'buyer' };
  expect((await (await api.as('sales')).post(at, { body: buyer })).status).toBe(201);
  const property = await api.as('property');
  const changed = { body: { ...buyer, purchase: 'resident' }, reason: '入住' };
  expect((await property.put(`${at}/KH-P33`, changed, { 'if-match': '"1"' })).status).toBe(200);
  expect((await property.get(`${at}/KH-P33`)).body).toMatchObject({ version: 2, body: { purchase: 'resident' } });
  expect((await (await api.as('design')).post(at, { body: { ...buyer, code: 'KH-X' } })).status).toBe(404);
});

test('an overlap is seen however many older activities the place has; the same request again is not warned of itself', async () => {
  const by = await api.as('customerService');
  const def = loadRegisters().get('activities')!;
  const at = '/api/registers/activities/entries';
  const body = (from: string, until: string) => ({ kind: 'theme', theme: '安全月', stage: 'warranty', place: 'CROWDED', from, until, organiser: 'customerService' }); // prettier-ignore
  for (let i = 0; i < 60; i += 1) {
    const day = `2025-${String(1 + (i % 12)).padStart(2, '0')}-${String(1 + Math.floor(i / 12)).padStart(2, '0')}`;
    await store.db.transaction().execute((trx) => addEntry(trx, { def, body: body(day, day), person: 'x', at: 0 }));
  }
  const first = await by.post(at, { body: body('2026-05-01', '2026-05-10') });
  expect(first).toMatchObject({ status: 201, body: { warnings: [] } });
  const key = { 'idempotency-key': 'overlap-once' };
  const second = await by.post(at, { body: body('2026-05-10', '2026-05-12') }, key);
  expect(second.body['warnings']).toMatchObject([{ check: 'overlap', entries: [first.body['id']] }]);
  expect((await by.post(at, { body: body('2026-05-10', '2026-05-12') }, key)).body).toEqual(second.body);
});

test('a customer of the same name is seen beside sixty whose names contain it', async () => {
  const by = await api.as('customerService');
  const def = loadRegisters().get('customers')!;
  const put = (code: string, name: string) =>
    store.db.transaction().execute((trx) => addEntry(trx, { def, body: { code, name }, person: 'x', at: 0 }));
  for (let i = 0; i < 60; i += 1) await put(`KH-A${10 + i}`, `欧阳建国${i}号店`);
  await put('KH-Z', '欧阳建国');
  const { body } = await by.post('/api/registers/customers/entries', { body: { code: 'KH-NEW', name: '欧阳建国' } });
  expect(body['warnings']).toMatchObject([{ check: 'similar', entries: ['KH-Z'] }]);
});
