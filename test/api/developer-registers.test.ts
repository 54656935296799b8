/** The developer's registers as they ship: two activities at once are seen, a customer's data are kept up to date. */
import { expect, test } from 'vitest';
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
