/** The engine or the database is away: 202 and decided later exactly once; 503 and nothing happened. */
import { randomBytes, randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { afterAll, expect, test } from 'vitest';
import { connect } from '../../db/database.ts';
import { createDesk } from '../../desk/index.ts';
import { ruleBook } from '../../runtime/packs.ts';
import { useApi } from './support/api.ts';
import { useEngine } from './support/engine.ts';
import { openRepair, surveyForm } from './support/stories.ts';

const office = useEngine();
const nobody = new Client({ connection: Connection.lazy({ address: '127.0.0.1:1' }) });
const lost = connect({ url: 'postgres://nobody@127.0.0.1:1/nowhere' });
const sealKey = randomBytes(32);
afterAll(() => lost.destroy());

const engineAway = useApi(
  {
    get db() {
      return office.db;
    },
    get url() {
      return office.url;
    },
    get desk() {
      return createDesk({
        db: office.db,
        engine: { client: nobody, taskQueue: office.queue, answerWithinMs: 300 },
        rules: ruleBook(office.db),
        sealKey,
      });
    },
  },
  { engineHealth: async () => false },
);
const api = useApi(office);

test('an opening and a survey received without the engine are decided once it is back, exactly once', async () => {
  const clerk = await engineAway.as('recordsClerk');
  const service = await engineAway.as('customerService');
  const [openKey, surveyKey] = [randomUUID(), randomUUID()];
  const opening = { pack: 's3-cs19', kind: 'repair', form: { channel: 'visit' } };
  const opened = await clerk.post('/api/cases', opening, { 'idempotency-key': openKey });
  expect(opened).toMatchObject({
    status: 202,
    headers: { location: `/api/requests/${openKey}`, 'retry-after': '2' },
    body: { status: 'received' },
  });
  const number = String(opened.body['number']);
  const again = await clerk.post('/api/cases', opening, { 'idempotency-key': openKey });
  expect(again).toMatchObject({ status: 202, body: { number } });
  const surveyed = await service.post(`/api/cases/${number}/steps/survey`, { form: surveyForm }, { 'idempotency-key': surveyKey });
  expect(surveyed.status).toBe(202);
  expect((await service.get(`/api/requests/${surveyKey}`)).body).toMatchObject({ status: 'received', number });
  expect((await clerk.get(`/api/cases/${number}`)).status).toBe(404);

  const status = async () => {
    await office.desk.sweep();
    return (await service.get(`/api/requests/${surveyKey}`)).body['status'];
  };
  await expect.poll(status, { timeout: 40_000, interval: 500 }).toBe('decided');
  expect((await clerk.get(`/api/requests/${openKey}`)).body).toMatchObject({ status: 'decided', number });
  expect((await clerk.get(`/api/cases/${number}`)).body).toMatchObject({ stage: 'approval' });
  const events = (await clerk.get(`/api/cases/${number}/events?limit=100`)).body['items'] as { kind: string }[];
  expect(events.filter((e) => e.kind === 'opened' || e.kind === 'submitted')).toHaveLength(2);
});

test('respond-async is received at once and decided by the case itself', async () => {
  const open = await openRepair(api);
  const service = await api.as('customerService');
  const key = randomUUID();
  const answer = await service.post(
    `/api/cases/${open}/steps/survey`,
    { form: surveyForm },
    { prefer: 'respond-async, wait=1', 'idempotency-key': key },
  );
  expect(answer).toMatchObject({ status: 202, headers: { 'preference-applied': 'respond-async', location: `/api/requests/${key}` } });
  await expect.poll(async () => (await service.get(`/api/requests/${key}`)).body['status'], { timeout: 20_000 }).toBe('decided');
  const wrong = randomUUID();
  const clerk = await api.as('recordsClerk');
  expect(
    (
      await clerk.post(
        `/api/cases/${open}/steps/estimate`,
        { form: { amount: '1.00' } },
        { prefer: 'respond-async', 'idempotency-key': wrong },
      )
    ).status,
  ).toBe(202);
  await expect
    .poll(async () => (await clerk.get(`/api/requests/${wrong}`)).body, { timeout: 20_000 })
    .toMatchObject({ status: 'refused', code: 'wrong-role' });
});

test('a case nobody knows is 404, with or without the engine', async () => {
  const service = await engineAway.as('customerService');
  expect((await service.post('/api/cases/CS19-2026-999999/steps/survey', { form: surveyForm })).body).toMatchObject({
    status: 404,
    code: 'not-found',
  });
});

const storeAway = useApi({
  db: lost,
  url: 'postgres://nobody@127.0.0.1:1/nowhere',
  desk: createDesk({ db: lost, engine: { client: nobody, taskQueue: 'none' }, rules: ruleBook(lost), sealKey }),
});

test('without the database: 503 at every door, and ready says so', async () => {
  const token = { authorization: `Bearer ${'t'.repeat(43)}` };
  const body = { pack: 's3-cs19', kind: 'repair', form: {} };
  for (const answer of [await storeAway.anybody.get('/api/cases', token), await storeAway.anybody.post('/api/cases', body, token)]) {
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '2' }, body: { type: '/problems/store-away' } });
    expect(answer.text).not.toMatch(/ECONN|127\.0\.0\.1/);
  }
  expect(await storeAway.anybody.get('/health/ready')).toMatchObject({ status: 503, body: { status: 'not-ready', database: 'down' } });
  expect((await storeAway.anybody.get('/health/live')).status).toBe(200);
  expect((await storeAway.anybody.get('/metrics')).text).toContain('redress_inbox_open -1');
});

test('the desk itself says 503 when the database leaves between sign-in and receipt', async () => {
  const half = await halfway.as('recordsClerk');
  const key = randomUUID();
  expect(await half.post('/api/cases', { pack: 's3-cs19', kind: 'repair', form: {} }, { 'idempotency-key': key })).toMatchObject({
    status: 503,
    body: { code: 'store-away' },
  });
  expect((await half.get(`/api/requests/${key}`)).status).toBe(404);
});

const halfway = useApi({
  get db() {
    return office.db;
  },
  get url() {
    return office.url;
  },
  desk: createDesk({ db: lost, engine: { client: nobody, taskQueue: 'none' }, rules: ruleBook(lost), sealKey }),
});
