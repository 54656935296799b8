/** What must never reach the desk: each hostile input is answered with a problem, and nothing was said. */
import { beforeEach, expect, test } from 'vitest';
import { useStore } from '../store/support/store.ts';
import { useApi } from './support/api.ts';
import { scriptedDesk } from './support/desk.ts';

const store = useStore();
const desk = scriptedDesk();
const api = useApi({
  get db() {
    return store.db;
  },
  get url() {
    return store.url;
  },
  desk,
});
const open = { pack: 's3-cs19', kind: 'repair', form: {} };
const raw = (form: string): string => `{"pack":"s3-cs19","kind":"repair","form":${form}}`;

beforeEach(() => {
  desk.said.length = 0;
});

const bodies: Record<string, { body: string | Buffer; status: number; code: string; type?: string }> = {
  'no JSON': { body: '{"pack":', status: 400, code: 'bad-json' },
  'a text that never ends, with half a million quotes in it': { body: `"${'\\"'.repeat(500_000)}`, status: 400, code: 'bad-json' },
  'an empty body': { body: '', status: 400, code: 'bad-json' },
  'nested 33 deep': { body: raw(`${'{"a":'.repeat(32)}1${'}'.repeat(32)}`), status: 400, code: 'bad-json' },
  'nested 100,000 deep': { body: '['.repeat(100_000), status: 400, code: 'bad-json' },
  'a key twice': { body: raw('{"channel":"hotline","channel":"visit"}'), status: 400, code: 'bad-json' },
  'a key twice, once escaped': { body: raw('{"channel":"hotline","\\u0063hannel":"visit"}'), status: 400, code: 'bad-json' },
  __proto__: { body: raw('{"__proto__":{"status":"closed"}}'), status: 400, code: 'bad-json' },
  'a 20-digit number': { body: raw('{"provisionalEstimate":12345678901234567890}'), status: 400, code: 'bad-json' },
  'an endless number': { body: raw('{"provisionalEstimate":1e400}'), status: 400, code: 'bad-json' },
  NUL: { body: raw('{"summary":"a\\u0000b"}'), status: 400, code: 'bad-json' },
  'half a surrogate pair': { body: raw('{"summary":"\\ud83d"}'), status: 400, code: 'bad-json' },
  'invalid UTF-8': {
    body: Buffer.concat([Buffer.from('{"pack":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]),
    status: 400,
    code: 'bad-json',
  },
  'an unknown property': { body: JSON.stringify({ ...open, status: 'closed' }), status: 400, code: 'bad-request' },
  'a person in the body': {
    body: JSON.stringify({ ...open, person: 'generalManager', roles: ['generalManager'] }),
    status: 400,
    code: 'bad-request',
  },
  'a list for the form': { body: raw('[]'), status: 400, code: 'bad-request' },
  '30 February': { body: JSON.stringify({ ...open, occurredAt: '2026-02-30 10:00' }), status: 400, code: 'bad-request' },
  'a time without zone': { body: JSON.stringify({ ...open, occurredAt: '2026-02-03T10:00:00' }), status: 400, code: 'bad-request' },
  'year 0': { body: JSON.stringify({ ...open, occurredAt: '0000-02-03 10:00' }), status: 400, code: 'bad-request' },
  'a pack out of the folder': { body: JSON.stringify({ ...open, pack: '../../etc' }), status: 400, code: 'bad-request' },
  'more than a mebibyte': { body: raw(`{"summary":"${'x'.repeat(1024 * 1024)}"}`), status: 413, code: 'body-too-large' },
  'plain text': { body: JSON.stringify(open), type: 'text/plain', status: 415, code: 'unsupported-media-type' },
  'a form of a browser': { body: 'pack=s3-cs19', type: 'application/x-www-form-urlencoded', status: 415, code: 'unsupported-media-type' },
};

test.each(Object.entries(bodies))('%s is refused', async (_, { body, status, code, type = 'application/json' }) => {
  const clerk = await api.as('recordsClerk');
  const answer = await clerk.post('/api/cases', body, { 'content-type': type });
  expect(answer.body).toMatchObject({ status, code, type: `/problems/${code}`, instance: '/api/cases' });
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(desk.said).toEqual([]);
});

test('the same without the fault is taken', async () => {
  const clerk = await api.as('recordsClerk');
  const answer = await clerk.post('/api/cases', raw('{"summary":"𠮷 <script> \' or 1=1 --","provisionalEstimate":123456789012345}'));
  expect(answer.status).toBe(201);
  expect(desk.said).toMatchObject([
    {
      form: { summary: "𠮷 <script> ' or 1=1 --", provisionalEstimate: 123456789012345 },
      who: { person: 'recordsClerk', roles: ['recordsClerk'] },
    },
  ]);
});

test.each([
  'limit=1000000000',
  'limit=0',
  'limit=x',
  'cursor=%00',
  'cursor=abc',
  'status=gone',
  'sort=1',
  'offset=5',
  'status=open&status=closed',
  'q=%27',
])('the list refuses ?%s', async (query) => {
  const clerk = await api.as('recordsClerk');
  expect((await clerk.get(`/api/cases?${query}`)).status).toBe(400);
});

test.each([
  '/api/cases/..%2F..%2Fetc',
  '/api/cases/%00',
  '/api/cases/CS19%27--',
  '/api/docs/static/..%2f..%2fpackage.json',
  '/api/docs/static/%2e%2e/%2e%2e/package.json',
  '/api/cases/%E0%A4%A',
])('the address %s leads nowhere', async (url) => {
  const clerk = await api.as('recordsClerk');
  const answer = await clerk.get(url);
  expect([400, 404]).toContain(answer.status);
  expect(answer.headers['content-type']).toContain('application/problem+json');
});

test.each([undefined, '', 'with space', 'ü', 'x'.repeat(201)])('the Idempotency-Key %j is refused', async (key) => {
  const clerk = await api.as('recordsClerk');
  const given = key === undefined ? '' : key;
  const answer = await clerk.post('/api/cases', open, { 'idempotency-key': given });
  expect(answer.body).toMatchObject({ status: 400, code: 'key-missing' });
  expect(desk.said).toEqual([]);
});

test.each(['', 'Bearer', 'Bearer x', `Bearer ${'A'.repeat(43)}`, 'Basic YTpi', 'bearer eyJhbGciOiJub25lIn0.e30.'])(
  'the authorization %j signs nobody in',
  async (authorization) => {
    const answer = await api.anybody.get('/api/me', { authorization });
    expect(answer).toMatchObject({ status: 401, body: { code: 'not-signed-in' }, headers: { 'www-authenticate': 'Bearer' } });
  },
);
