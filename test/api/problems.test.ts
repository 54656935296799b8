/** Every way to fail is a problem document that says what is wrong and nothing of the inside. */
import { beforeEach, expect, test } from 'vitest';
import { FormError, KeyReused, NotFound, StoreAway } from '../../desk/index.ts';
import { refusals, type RefusalCode } from '../../domain/errors.ts';
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
const decided = desk.next;

beforeEach(() => {
  desk.next = decided;
});

const refused = (code: RefusalCode, detail?: string) =>
  ({ status: 'refused', number: 'CS19-2026-000001', code, ...(detail === undefined ? {} : { detail }) }) as const;

test.each(Object.keys(refusals) as RefusalCode[])('the refusal %s keeps its status', async (code) => {
  const clerk = await api.as('recordsClerk');
  desk.next = refused(code, 'because');
  const { status, zh, en } = refusals[code];
  const answer = await clerk.post('/api/cases', open);
  expect(answer.status).toBe(status);
  expect(answer.body).toMatchObject({
    type: `/problems/${code}`,
    status,
    title: zh,
    titleEn: en,
    detail: 'because',
    traceId: answer.headers['x-request-id'],
  });
});

test('titles and messages follow Accept-Language', async () => {
  const clerk = await api.as('recordsClerk');
  desk.next = new FormError([
    { path: 'trades', zh: '工种:必填。', en: 'trades: must be filled.', code: 'bad-facts' },
    { path: 'signedBy[2]', zh: '会签:应为本制度的岗位。', en: 'signed by: must be a role of this pack.', code: 'bad-facts' },
  ]);
  const zh = await clerk.post('/api/cases', open);
  const en = await clerk.post('/api/cases', open, { 'accept-language': 'fr, en-GB;q=0.8, zh;q=0.2' });
  expect(zh).toMatchObject({
    status: 422,
    headers: { 'content-language': 'zh' },
    body: { title: '所填内容有误。', errors: [{ path: 'trades', message: '工种:必填。' }, { path: 'signedBy[2]' }] },
  });
  expect(en).toMatchObject({
    headers: { 'content-language': 'en' },
    body: { title: 'What was entered is not right.', errors: [{ message: 'trades: must be filled.' }, {}] },
  });
});

test('a single form problem keeps its own code', async () => {
  const clerk = await api.as('recordsClerk');
  desk.next = new FormError([{ path: 'reason', zh: '理由:必填。', en: 'reason: must be filled.', code: 'reason-missing' }]);
  expect((await clerk.post('/api/cases', open)).body).toMatchObject({ status: 422, code: 'reason-missing', errors: [{ path: 'reason' }] });
});

test.each([
  [new KeyReused('k'), 422, 'key-reused'],
  [new NotFound('no case'), 404, 'not-found'],
  [new StoreAway('away'), 503, 'store-away'],
  [Object.assign(new Error('secret 10.0.0.5'), { code: 'ECONNREFUSED' }), 503, 'store-away'],
  [new Error('select secret from table'), 500, 'internal'],
  [Object.assign(new Error('secret'), { statusCode: 418 }), 400, 'bad-request'],
])('%s becomes a problem without its wording', async (error, status, code) => {
  const clerk = await api.as('recordsClerk');
  desk.next = error;
  const answer = await clerk.post('/api/cases', open);
  expect(answer.body).toMatchObject({ status, code });
  expect(answer.status).toBe(status);
  expect(answer.text).not.toMatch(/secret|select|stack|10\.0\.0\.5|no case/);
  expect(answer.headers['retry-after']).toBe(status === 503 ? '2' : undefined);
});

test('an answer that breaks its own contract is an inner fault', async () => {
  const clerk = await api.as('recordsClerk');
  desk.next = { status: 'decided', number: 'CS19-2026-000001', seq: 'three' } as never;
  const answer = await clerk.post('/api/cases', open);
  expect(answer).toMatchObject({ status: 500, body: { code: 'internal' } });
});

test('unknown addresses and methods are problems', async () => {
  const clerk = await api.as('recordsClerk');
  expect(await clerk.get('/api/nothing')).toMatchObject({ status: 404, body: { type: '/problems/not-found' } });
  expect(await clerk.post('/api/tasks', {})).toMatchObject({
    status: 405,
    headers: { allow: 'GET, HEAD' },
    body: { code: 'method-not-allowed' },
  });
  expect(await api.anybody.get('/api/nothing')).toMatchObject({ status: 404 });
});

test('received is 202 with a status address', async () => {
  const clerk = await api.as('recordsClerk');
  desk.next = { status: 'received', number: 'CS19-2026-000001', key: 'a/b' };
  const answer = await clerk.post('/api/cases', open, { 'idempotency-key': 'a/b' });
  expect(answer).toMatchObject({
    status: 202,
    headers: { location: '/api/requests/a%2Fb', 'retry-after': '2' },
    body: { status: 'received', number: 'CS19-2026-000001' },
  });
});

test('too many requests of one person are turned away', async () => {
  const answer = await few.as('recordsClerk');
  const statuses = [];
  for (let i = 0; i < 4; i++) statuses.push((await answer.get('/api/me')).status);
  expect(statuses).toEqual([200, 200, 200, 429]);
});

const other = useStore();
const few = useApi(
  {
    get db() {
      return other.db;
    },
    get url() {
      return other.url;
    },
    desk,
  },
  { requestsPerMinute: 3 },
);
