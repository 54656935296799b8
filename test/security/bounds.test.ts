/** What holds something open is bounded: streams of a person, a handler that does not end, silence on a connection. */
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Reply } from '../../desk/index.ts';
import { useApi } from '../api/support/api.ts';
import { scriptedDesk } from '../api/support/desk.ts';
import { signUp } from '../api/support/people.ts';
import { useStore } from '../store/support/store.ts';

const store = useStore();
const desk = scriptedDesk();
const below = {
  get db() {
    return store.db;
  },
  get url() {
    return store.url;
  },
  desk,
};
const api = useApi(below);
const impatient = useApi(below, { handlerMs: 300 });
const open = new Set<AbortController>();
let address: string;
beforeAll(async () => {
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  address = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}/api/live`;
});
afterEach(() => {
  for (const stream of open) stream.abort();
  open.clear();
});

async function follow(token: string): Promise<{ status: number; body: unknown; retryAfter: string | null; stop(): void }> {
  const stop = new AbortController();
  open.add(stop);
  const response = await fetch(address, {
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
    signal: stop.signal,
  });
  const body = response.status === 200 ? undefined : await response.json();
  return { status: response.status, body, retryAfter: response.headers.get('retry-after'), stop: () => stop.abort() };
}

test('ten live streams a person; the eleventh is refused, another person’s is not, and one that ended makes room', async () => {
  const { token } = await signUp(store.db, 'many-windows', { 's3-cs19': ['customerService'] });
  const { token: another } = await signUp(store.db, 'one-window', { 's3-cs19': ['customerService'] });
  const streams = await Promise.all(Array.from({ length: 10 }, () => follow(token)));
  expect(streams.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
  expect(await follow(token)).toMatchObject({ status: 429, body: { code: 'too-many-requests' }, retryAfter: '30' });
  expect((await follow(another)).status).toBe(200);
  streams[0]!.stop();
  await vi.waitFor(async () => expect((await follow(token)).status).toBe(200), { timeout: 10_000, interval: 100 });
  expect((await follow(token)).status).toBe(429);
});

test('a handler that does not end is ended for it: 503, a problem, and the next request is served', async () => {
  const clerk = await impatient.as('recordsClerk');
  let release: () => void = () => undefined;
  desk.open = () => new Promise((resolve) => (release = () => resolve(desk.next as Reply)));
  const answer = await clerk.post('/api/cases', { pack: 's3-cs19', kind: 'repair', form: { channel: 'hotline', summary: 'water' } });
  expect(answer).toMatchObject({ status: 503, body: { code: 'timeout', traceId: expect.any(String) } });
  expect((await clerk.get('/api/me')).status).toBe(200);
  release();
});

test('the bounds in effect are those of the running server', () => {
  const { server, initialConfig } = api.app;
  const { requestTimeout, headersTimeout, keepAliveTimeout, timeout } = server;
  expect({ requestTimeout, keepAliveTimeout, timeout }).toEqual({ requestTimeout: 30_000, keepAliveTimeout: 30_000, timeout: 120_000 });
  expect(headersTimeout).toBeGreaterThan(0);
  expect(headersTimeout).toBeLessThanOrEqual(60_000);
  expect(initialConfig).toMatchObject({ handlerTimeout: 25_000, bodyLimit: expect.any(Number) });
});
