/** Deny by default: every route is in the access table, and the table holds. */
import { expect, test } from 'vitest';
import { access } from '../../api/access.ts';
import { useStore } from '../store/support/store.ts';
import { useApi } from './support/api.ts';
import { scriptedDesk } from './support/desk.ts';

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
  { engineHealth: async () => false },
);

const addresses = Object.entries(access).filter(([route]) => !route.includes('*'));
const filled = (path: string): string =>
  path
    .replace(':number', 'CS19-2026-000001')
    .replace(':hash', 'a'.repeat(64))
    .replace(':clock', 'survey%231')
    .replace(':step', 'survey')
    .replace(':view', 'calls')
    .replace(/:\w+/g, 's3-cs19');

test.each(addresses)('%s: %s', async (route, rule) => {
  const [who] = rule;
  const [method = '', path = ''] = route.split(' ');
  const answer = await api.anybody.send(method, filled(path), method === 'POST' || method === 'PUT' ? {} : undefined);
  // A provider is set up where its own tests are.
  if (route.startsWith('GET /api/oidc/')) expect(answer).toMatchObject({ status: 404, body: { code: 'oidc-off' } });
  else if ((who === 'public' || who === 'loopback') && method === 'GET') expect(answer.status).toBe(200);
  else if (who === 'public') expect(answer.status).toBe(400); // an empty body; but nobody is asked to sign in
  else expect(answer).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });
});

test('a route that is not in the table cannot be registered', async () => {
  const { auth } = await import('../../api/plugins/auth.ts');
  const { default: fastify } = await import('fastify');
  const app = fastify();
  await app.register(auth, { db: store.db, publicUrl: 'http://127.0.0.1' });
  expect(() => app.get('/api/forgotten', () => 'all of it')).toThrow('GET /api/forgotten is not in api/access.ts');
});

test('every route of the table is there', () => {
  const missing = addresses.filter(([route]) => {
    const [method, url = ''] = route.split(' ');
    return !api.app.hasRoute({ method: method as 'GET', url });
  });
  expect(missing).toEqual([]);
});

test('counters are for this machine alone', async () => {
  const from = (remoteAddress: string) => api.app.inject({ method: 'GET', url: '/metrics', remoteAddress });
  expect((await from('127.0.0.1')).body).toContain('redress_inbox_open 0');
  expect((await from('::1')).statusCode).toBe(200);
  expect((await from('10.1.2.3')).statusCode).toBe(403);
  const forwarded = await api.app.inject({
    method: 'GET',
    url: '/metrics',
    remoteAddress: '10.1.2.3',
    headers: { 'x-forwarded-for': '127.0.0.1' },
  });
  expect(forwarded.statusCode).toBe(403);
  // Somebody behind a proxy on this machine, whether or not that is known for one.
  for (const headers of [
    { 'x-forwarded-for': '203.0.113.7' },
    { forwarded: 'for=203.0.113.7' },
    { 'x-real-ip': '203.0.113.7' },
    { via: '1.1 front' },
  ])
    // prettier-ignore
    expect((await api.app.inject({ method: 'GET', url: '/metrics', remoteAddress: '127.0.0.1', headers })).statusCode).toBe(403);
});

test('a token or a role taken away is gone with the next request', async () => {
  const manager = await api.as('serviceManager');
  expect((await manager.get('/api/me')).body).toMatchObject({
    person: 'serviceManager',
    packs: [{ pack: 's3-cs19', roles: [{ id: 'serviceManager', zh: '客户服务部经理' }] }],
  });
  await store.db.deleteFrom('person_role').where('person', '=', 'serviceManager').execute();
  expect((await manager.get('/api/me')).body).toMatchObject({ packs: [] });
  expect((await manager.get('/api/packs/s3-cs19')).status).toBe(404);
  await store.db.deleteFrom('api_token').where('person', '=', 'serviceManager').execute();
  expect((await manager.get('/api/me')).status).toBe(401);
});

test('ready tells what is missing', async () => {
  expect((await api.anybody.get('/health/ready')).body).toMatchObject({ status: 'degraded', database: 'up', engine: 'down' });
});
