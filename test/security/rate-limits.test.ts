/** Rate limits are shared by the processes of one installation, and hold while they cannot be counted. */
import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import { forgetEnded, take } from '../../db/rate-counts.ts';
import { connect } from '../../db/database.ts';
import { useApi } from '../api/support/api.ts';
import { scriptedDesk } from '../api/support/desk.ts';
import { useStore } from '../store/support/store.ts';

const store = useStore();
const below = {
  get db() {
    return store.db;
  },
  get url() {
    return store.url;
  },
  desk: scriptedDesk(),
};
const limits = { publicCasesPerHour: 4, requestsPerMinute: 300 };
const one = useApi(below, limits);
const other = useApi(below, limits);
let engineAsked = 0;
const narrow = useApi(below, {
  requestsPerMinute: 4,
  engineHealth: async () => {
    engineAsked += 1;
    return true;
  },
});
const nowhere = connect({ url: 'postgres://nobody@127.0.0.1:9/none' });
const away = useApi({ db: nowhere, url: 'postgres://nobody@127.0.0.1:9/none', desk: scriptedDesk() });

const report = { pack: 's3-cs19', kind: 'repair', form: { summary: '厨房漏水', customerName: '张三', telephone: '13800004321' } };

test('the public intake: what one process has let through counts for the other', async () => {
  const statuses: number[] = [];
  for (let i = 0; i < 6; i += 1) statuses.push((await (i % 2 === 0 ? one : other).anybody.post('/api/public/cases', report)).status);
  expect(statuses.slice(4)).toEqual([429, 429]);
  expect(statuses.slice(0, 4)).not.toContain(429);
  const refused = await one.anybody.post('/api/public/cases', report);
  expect(refused).toMatchObject({ status: 429, body: { code: 'too-many-requests' } });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3_000);
});

test('sign-in: thirty attempts of an address a minute, through whichever process', async () => {
  const attempt = (i: number) =>
    (i % 2 === 0 ? one : other).anybody.post(
      '/api/sessions',
      { person: `nobody-${i}`, password: 'x'.repeat(12) },
      { origin: 'http://127.0.0.1:7400' },
    );
  const statuses = await Promise.all(Array.from({ length: 40 }, (_, i) => attempt(i)));
  expect(statuses.filter(({ status }) => status === 429)).toHaveLength(10);
});

test('a person: the bound is never passed, blocks of both processes together', async () => {
  const mine = [await one.as('design'), await other.as('design')];
  const statuses: number[] = [];
  for (let i = 0; i < 320; i += 1) statuses.push((await mine[i % 2]!.get('/api/me')).status);
  const good = statuses.filter((status) => status === 200).length;
  expect(good).toBeLessThanOrEqual(300);
  expect(good).toBeGreaterThanOrEqual(294);
  await expect((await one.as('legalCentre')).get('/api/me')).resolves.toMatchObject({ status: 200 });
});

test('an address: what comes to nothing is counted as well, before anybody is signed in', async () => {
  const from = (remoteAddress: string, method: 'GET' | 'DELETE', url: string) =>
    narrow.app.inject({ method, url, remoteAddress, headers: { authorization: `Bearer ${'x'.repeat(43)}` } });
  const nothing = [['GET', '/api/me'], ['GET', '/nonesuch'], ['DELETE', '/api/me']] as const; // prettier-ignore
  const asked = (i: number) => {
    const [method, url] = nothing[i % nothing.length]!;
    return from(`2001:db8:4:4::${i}`, method, url);
  };
  const statuses: number[] = [];
  for (let i = 0; i < 24; i += 1) statuses.push((await asked(i)).statusCode);
  expect(statuses).toEqual([...Array.from({ length: 20 }, (_, i) => [401, 404, 405][i % 3]), 429, 429, 429, 429]);
  expect((await asked(1)).headers['retry-after']).toMatch(/^\d+$/);
  expect((await from('2001:db8:4:5::1', 'GET', '/api/me')).statusCode).toBe(401);
  expect((await from('2001:db8:4:4::1', 'GET', '/health/live')).statusCode).toBe(200);
});

test('ready: however often it is asked, database and engine are asked once a second', async () => {
  const before = engineAsked;
  const answers = await Promise.all(Array.from({ length: 50 }, () => narrow.anybody.get('/health/ready')));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(engineAsked - before).toBe(1);
  await vi.waitFor(async () => {
    await narrow.anybody.get('/health/ready');
    expect(engineAsked - before).toBe(2);
  }, 5_000);
});

test('what is kept is a hash, and goes when its window has ended', async () => {
  await take(store.db, 'ended', 1, 1);
  await take(store.db, 'lasting', 1, 60_000);
  await vi.waitFor(async () => {
    await forgetEnded(store.db);
    const { rows } = await sql<{ key: string }>`select key from rate_count`.execute(store.db);
    expect(rows.map(({ key }) => key)).not.toContain('ended');
    expect(rows.map(({ key }) => key)).toContain('lasting');
    expect(JSON.stringify(rows)).not.toMatch(/127\.0\.0\.1|design/);
  });
});

test('a window that has ended begins anew', async () => {
  expect((await take(store.db, 'again', 5, 30)).taken).toBe(5);
  await vi.waitFor(async () => expect((await take(store.db, 'again', 1, 30)).taken).toBe(1));
});

test('while the database is away: public doors stay shut with 503, what needs no database goes on', async () => {
  for (const url of ['/api/public/cases', '/api/sessions']) {
    const answer = await away.anybody.post(url, url === '/api/sessions' ? { person: 'a', password: 'x'.repeat(12) } : report);
    expect(answer, url).toMatchObject({ status: 503, body: { code: 'store-away' }, headers: { 'retry-after': expect.anything() } });
  }
  expect(await away.anybody.get('/api/openapi.json')).toMatchObject({ status: 200 });
  const token = { authorization: `Bearer ${'A'.repeat(43)}` };
  expect(await away.anybody.get('/api/me', token)).toMatchObject({ status: 503, body: { code: 'store-away' } });
});
