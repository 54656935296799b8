/** The customer's side without a login: reported, followed by link and telephone tail, answered; nothing internal is shown. */
import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { sql } from 'kysely';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { addressOf } from '../../api/http/caller-address.ts';
import { REFUSED_AFTER_MS } from '../../api/http/tracking.ts';
import { reconcileCase } from '../../reconcile/reconcile.ts';
import { useApi, type Answer } from './support/api.ts';
import { useEngine } from './support/engine.ts';
import { multipartOf } from './support/multipart.ts';
import { step, surveyForm } from './support/stories.ts';

const engine = useEngine();
let shift = 0;
const api = useApi(engine, { clock: () => Date.now() + shift, publicCasesPerHour: 1_000 });

const strict = useApi(engine, { publicCasesPerHour: 3, trustedProxies: ['10.9.9.9'] });

const CANARIES = ['内部机密', 'wang.gang', '1234.56', '800.00', '审计', 'serviceManager', 'recordsClerk'];
const TELEPHONE = '+86 138-0000-4321';

interface Reported {
  readonly number: string;
  readonly secret: string;
  readonly tail: string;
}

const report = (form: Record<string, unknown> = {}, headers: Record<string, string> = {}): Promise<Answer> =>
  api.anybody.post(
    '/api/public/cases',
    { pack: 's3-cs19', kind: 'repair', form: { summary: '厨房漏水', customerName: '张三', telephone: TELEPHONE, ...form } },
    headers,
  );

async function reported(): Promise<Reported> {
  const answer = await report();
  if (answer.status !== 201) throw new Error(answer.text);
  return { number: answer.body['number'], secret: answer.body['link'].secret, tail: '4321' };
}

const door = ({ secret, tail }: Reported) => ({ secret, tail });
const track = (of: Reported): Promise<Answer> => api.anybody.post('/api/public/tracking', door(of));
const say = (of: Reported, what: string, body: Record<string, unknown>, headers?: Record<string, string>): Promise<Answer> =>
  api.anybody.post(`/api/public/tracking/${what}`, { ...door(of), ...body }, headers);

/** To the call that asks for the opinion, with words inside that nobody outside may read. */
async function repaired({ number }: Reported): Promise<void> {
  await step(api, number, 'customerService', 'route', { department: 'engineering', note: '内部机密:客户难缠' });
  await step(api, number, 'customerService', 'survey', { ...surveyForm, findings: '内部机密:施工责任' });
  await step(api, number, 'serviceManager', 'estimate.approve', { decision: 'approve', version: 1, reason: '内部机密' });
  await step(api, number, 'customerService', 'completion', {
    acceptedBy: ['客户服务部', '物业公司', '维修队长'],
    customerSigned: true,
    repairOpinion: '内部机密',
  });
}

test('from the report to the acceptance: the customer sees stages, promises and what is asked, in their own words, and nothing internal', async () => {
  const mine = await reported();
  const answers: string[] = [];
  const seen = async (): Promise<Record<string, any>> => {
    const answer = await track(mine);
    expect(answer.status, answer.text).toBe(200);
    answers.push(answer.text);
    return answer.body;
  };
  const first = await seen();
  expect(first).toMatchObject({
    number: mine.number,
    status: 'open',
    round: 1,
    stage: { zh: '安排现场勘察' },
    stages: [{ zh: '已受理', en: 'Received' }, { zh: '安排现场勘察' }],
    contact: { zh: '客户服务部' },
    awaited: [],
  });
  const survey = first['promises'].find((one: Record<string, any>) => one['what'].zh === '上门勘察');
  expect(survey).toMatchObject({
    late: false,
    reason: { zh: expect.stringMatching(/^自 .*起,1个工作日内/), en: expect.stringMatching(/^From .*within 1 working day/) },
  });
  expect(survey.dueAt).toMatch(/\+08:00$/);

  await repaired(mine);
  expect(await seen()).toMatchObject({
    stage: { zh: '维修完成，等候您的意见' },
    awaited: [{ what: 'opinion', zh: '请告诉我们维修是否解决了问题' }],
  });
  const key = { 'idempotency-key': randomUUID() };
  const accept = { solved: true, degree: 'verySatisfied', words: '谢谢' };
  expect(await say(mine, 'opinion', accept, key)).toMatchObject({ status: 200, body: { outcome: 'recorded' } });
  expect((await say(mine, 'opinion', accept, key)).body).toEqual({ outcome: 'recorded' });
  expect(await say(mine, 'opinion', { ...accept, words: 'x' }, key)).toMatchObject({ status: 422, body: { code: 'key-reused' } });
  expect(await seen()).toMatchObject({ stage: { zh: '维修完成，办理收尾手续' }, awaited: [] });
  for (const text of answers) for (const word of CANARIES) expect(text).not.toContain(word);

  const clerk = await api.as('recordsClerk');
  const events = (await clerk.get(`/api/cases/${mine.number}/events?limit=100`)).body['items'] as Record<string, any>[];
  const opened = events.find(({ kind }) => kind === 'opened')!;
  expect(opened).toMatchObject({ actor: { person: 'customer-web', role: 'recordsClerk' } });
  const told = JSON.stringify(events).replaceAll(/[0-9a-f]{64}|[0-9a-f-]{36}|\d{4}-\d\d-\d\dT[0-9:.]+/g, '');
  expect(told).not.toContain('4321');
  expect(events.find(({ kind, data }) => kind === 'submitted' && data.step === 'followUp')).toMatchObject({
    actor: { person: 'customer-web' },
    data: { facts: { satisfied: true, degree: 'verySatisfied' } },
  });
  const { form } = (await clerk.get(`/api/cases/${mine.number}/documents/${opened['data'].documentHash}`)).body;
  expect(form).toMatchObject({ telephone: TELEPHONE, channel: 'web', customerName: '张三' });
});

test('not solved starts the next round; it needs a reason', async () => {
  const mine = await reported();
  await repaired(mine);
  expect(await say(mine, 'opinion', { solved: false })).toMatchObject({ status: 422, body: { errors: [{ path: 'words' }] } });
  expect(await say(mine, 'opinion', { solved: false, degree: 'verySatisfied', words: 'x' })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'degree' }] },
  });
  expect((await say(mine, 'opinion', { solved: false, degree: 'dissatisfied', words: '还在漏' })).body).toEqual({ outcome: 'recorded' });
  expect((await track(mine)).body).toMatchObject({ round: 2, stage: { zh: '安排现场勘察' } });
});

test('where no step asks, not solved is kept, told to the coordinator, and whoever owes the next step is asked to get on', async () => {
  const mine = await reported();
  expect((await say(mine, 'opinion', { solved: false, words: '没有人来' })).body).toEqual({ outcome: 'noted' });
  expect((await say(mine, 'messages', { words: '请下午来' })).body).toEqual({ outcome: 'noted' });
  const grades = { quality: 4, attitude: 5, speed: 2 };
  expect((await say(mine, 'survey', grades)).body).toEqual({ outcome: 'noted' });
  expect((await say(mine, 'survey', { ...grades, speed: 6 })).status).toBe(400);
  expect(await say(mine, 'nudge', {})).toMatchObject({ status: 429, body: { code: 'nudged-too-often' } });

  const office = await api.as('customerService');
  const { body } = await office.get(`/api/cases/${mine.number}/customer-words`);
  expect(body['items']).toMatchObject([
    { kind: 'not-solved', round: 1, body: { words: '没有人来' } },
    { kind: 'message', body: { words: '请下午来' } },
    { kind: 'survey', body: grades },
  ]);
  const notices = await office.get('/api/notices');
  expect(notices.body['items'].filter(({ kind, case: of }: Record<string, any>) => kind === 'customer' && of === mine.number)).toHaveLength(
    3,
  );
  expect(notices.text).not.toContain('没有人来');
  const { body: record } = await office.get(`/api/cases/${mine.number}/events?limit=100`);
  expect(record['items'].find(({ kind }: Record<string, any>) => kind === 'nudged')).toMatchObject({
    actor: { person: 'customer-web' },
    data: { from: 'customer', task: 'survey#1' },
  });
  expect((await reconcileCase(engine.reconciler, mine.number, { looks: 1 })).differences).toEqual([]);
  expect(
    (await (await api.withPacks('stranger', { 's2-cement': ['market'] })).get(`/api/cases/${mine.number}/customer-words`)).status,
  ).toBe(404);
});

test('a customer nudges once in a working day', async () => {
  const mine = await reported();
  expect((await say(mine, 'nudge', { words: '请尽快' })).body).toEqual({ outcome: 'recorded' });
  expect((await say(mine, 'nudge', {})).status).toBe(429);
  // It reaches whoever owes the step, stands in the timeline with what the customer said, and says how long the promise still runs.
  const clerk = await api.as('customerService');
  const timeline = (await clerk.get(`/api/cases/${mine.number}/events?limit=100`)).body['items'] as {
    kind: string;
    data: Record<string, unknown>;
  }[];
  const nudged = timeline.filter(({ kind }) => kind === 'nudged');
  expect(nudged).toMatchObject([{ data: { from: 'customer', task: expect.stringContaining('#') } }]);
  const notices = (await clerk.get('/api/notices?limit=100')).body['items'] as {
    case: string;
    kind: string;
    body: object;
    dueAt: unknown;
    timeLeftMs: number | null;
    step: unknown;
  }[];
  const told = notices.find((one) => one.case === mine.number && one.kind === 'nudged');
  const task = ((await clerk.get(`/api/cases/${mine.number}`)).body['tasks'] as { id: string; step: string; dueAt: string | null }[]).find(
    ({ id }) => id === nudged[0]!.data['task'],
  )!;
  expect(told).toMatchObject({ body: { from: 'customer' }, step: task.step, dueAt: task.dueAt });
  expect(task.dueAt).not.toBeNull();
  const left = Date.parse(task.dueAt!) - Date.now();
  expect(Math.abs(told!.timeLeftMs! - left)).toBeLessThan(60_000);
});

test('a wrong secret, a wrong tail and a link of another case are one answer after the same time', async () => {
  const [mine, other] = [await reported(), await reported()];
  const since = performance.now();
  const wrong = [
    await track({ ...mine, secret: 'A'.repeat(43) }),
    await track({ ...mine, tail: '0000' }),
    await say({ ...other, tail: '0000' }, 'messages', { words: 'x' }),
  ];
  expect(performance.now() - since).toBeGreaterThanOrEqual(3 * REFUSED_AFTER_MS - 5);
  const told = wrong.map(({ status, body: { traceId: _, instance: __, ...body } }) => ({ status, body }));
  expect(told[0]).toMatchObject({ status: 404, body: { code: 'not-found' } });
  expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(1);
  expect((await track(mine)).body['number']).toBe(mine.number);
  expect((await track(other)).body['number']).toBe(other.number);
});

test('five wrong tails lock a link for an hour, twenty end it', async () => {
  const mine = await reported();
  const wrong = async (times: number): Promise<void> => {
    for (let i = 0; i < times; i++) expect((await track({ ...mine, tail: '9999' })).status).toBe(404);
  };
  const links = async () => (await (await api.as('customerService')).get(`/api/cases/${mine.number}/tracking-links`)).body['items'];
  try {
    await wrong(4);
    expect((await track(mine)).status).toBe(200);
    await wrong(5);
    expect((await track(mine)).status).toBe(404);
    expect((await links())[0]).toMatchObject({ endedAt: null, lockedUntil: expect.any(String) });
    shift += 61 * 60_000;
    expect((await track(mine)).status).toBe(200);
    await wrong(5);
    shift += 61 * 60_000;
    await wrong(5);
    shift += 61 * 60_000;
    await wrong(1);
    expect((await track(mine)).status).toBe(404);
    expect((await links())[0]).toMatchObject({ endedAt: expect.any(String) });
    const told = await engine.db
      .selectFrom('journal')
      .select('body')
      .where('chain', 'like', 'refusal:%')
      .where('person', '=', 'customer-web')
      .execute();
    expect(told.filter(({ body }) => body.includes(mine.number)).length).toBe(4);
  } finally {
    shift = 0;
  }
}, 60_000);

test('a coordinator makes a link for a case that came otherwise, revokes it, and it runs out by itself; its reads are noted', async () => {
  const office = await api.as('customerService');
  const opened = await (
    await api.as('recordsClerk')
  ).post('/api/cases', { pack: 's3-cs19', kind: 'repair', form: { channel: 'hotline', summary: 'x' } });
  const number = String(opened.body['number']);
  const at = `/api/cases/${number}/tracking-link`;
  expect(await office.post(at, {})).toMatchObject({ status: 422, body: { code: 'telephone-missing' } });
  expect(await (await api.as('generalManager')).post(at, { telephone: '13900001111' })).toMatchObject({
    status: 403,
    body: { code: 'wrong-role' },
  });
  const key = { 'idempotency-key': randomUUID() };
  const make = async (headers = {}) => {
    const { status, body } = await office.post(at, { telephone: '139 0000 1111', days: 7 }, headers);
    expect(status).toBe(201);
    return { number, secret: String(body['secret']), tail: '1111', id: String(body['id']), page: String(body['page']) };
  };
  const first = await make(key);
  expect(first.page).toBe(`http://127.0.0.1:8080/track#${first.secret}`);
  expect((await track(first)).body).toMatchObject({ number });
  const second = await make(key);
  expect((await track(first)).status).toBe(404);
  expect((await track(second)).status).toBe(200);
  const reads = await engine.db
    .selectFrom('journal')
    .select('body')
    .where('person', '=', 'customer-web')
    .where('chain', 'like', 'read:%')
    .execute();
  expect(reads.filter(({ body }) => body.includes(second.id))).toHaveLength(1);
  const stored = JSON.stringify(await engine.db.selectFrom('tracking_link').selectAll().where('case_number', '=', number).execute());
  expect(stored).not.toContain(second.secret);
  expect(stored).not.toContain('"1111"');

  const third = await make();
  expect((await office.post(`/api/cases/${number}/tracking-links/${third.id}/revoke`, {})).body).toEqual({ revoked: true });
  expect((await track(third)).status).toBe(404);
  expect((await office.post(`/api/cases/${number}/tracking-links/${randomUUID()}/revoke`, {})).status).toBe(404);
  try {
    shift = 7 * 86_400_000 - 60_000;
    expect((await track(second)).status).toBe(200);
    shift = 7 * 86_400_000 + 60_000;
    expect((await track(second)).status).toBe(404);
  } finally {
    shift = 0;
  }
});

test('only what the intake names is taken', async () => {
  const pathsOf = async (form: Record<string, unknown>): Promise<string[]> => {
    const answer = await report(form);
    expect(answer.status).toBe(422);
    return answer.body['errors'].map(({ path }: { path: string }) => path);
  };
  expect(await pathsOf({ provisionalEstimate: '1.00' })).toEqual(['provisionalEstimate']);
  expect(await pathsOf({ channel: 'hotline' })).toEqual(['channel']);
  expect(await pathsOf({ telephone: '123' })).toEqual(['telephone']);
  expect(await pathsOf({ telephone: undefined, customerName: ' ' })).toEqual(['customerName', 'telephone']);
  expect(await pathsOf({ summary: 'x'.repeat(2_001) })).toEqual(['summary']);
  expect(await pathsOf({ summary: { $gt: '' } })).toEqual(['summary']);
  expect((await report({ summary: 'a\0b' })).status).toBe(400);
  expect(await pathsOf({ unit: '1; drop table event' })).toEqual(['unit']);
  const elsewhere = (body: Record<string, unknown>) =>
    api.anybody.post('/api/public/cases', { pack: 's3-cs19', kind: 'repair', form: {}, ...body });
  expect((await elsewhere({ kind: 'finalPayment' })).status).toBe(404);
  expect((await elsewhere({ kind: 'constructor' })).status).toBe(404);
  expect((await elsewhere({ pack: 's1-eval' })).status).toBe(404);
  expect((await elsewhere({ pack: 's2-cement' })).status).toBe(404);
  expect((await elsewhere({ occurredAt: '2020-01-01 00:00' })).status).toBe(400);
  expect(
    (await api.anybody.post('/api/public/cases', { pack: 's3-cs19', kind: 'repair', form: { summary: 'x'.repeat(40_000) } })).status,
  ).toBe(413);
  expect((await report({}, { 'idempotency-key': '' })).status).toBe(400);

  const { body } = await api.anybody.get('/api/public/intake');
  const repair = body['items'].find((one: Record<string, any>) => one['pack'] === 's3-cs19' && one['kind'] === 'repair');
  expect(repair.fields.map(({ name, required }: Record<string, any>) => `${name}${required ? '!' : ''}`)).toEqual([
    'phase', 'unit', 'summary!', 'customerName!', 'telephone!', 'address', 'requestedAppointment',
  ]); // prettier-ignore
});

test('the same report again is the same case with a new link; the key of somebody signed in is another', async () => {
  const key = { 'idempotency-key': randomUUID() };
  const first = await report({}, key);
  const again = await report({}, key);
  expect(again).toMatchObject({ status: 201, body: { number: first.body['number'] } });
  const linkOf = (answer: Answer): Reported => ({ number: answer.body['number'], secret: answer.body['link'].secret, tail: '4321' });
  expect((await track(linkOf(first))).status).toBe(404);
  expect((await track(linkOf(again))).status).toBe(200);
  expect(await report({ summary: 'x' }, key)).toMatchObject({ status: 422, body: { code: 'key-reused' } });
  const staff = await (await api.as('recordsClerk')).post('/api/cases', { pack: 's3-cs19', kind: 'repair', form: { summary: 'y' } }, key);
  expect(staff.status).toBe(201);
  expect(staff.body['number']).not.toBe(first.body['number']);
});

test('a link cannot be talked into more than a few words a day', async () => {
  const mine = await reported();
  for (let i = 0; i < 20; i++) expect((await say(mine, 'messages', { words: `w${i}` })).status).toBe(200);
  expect((await say(mine, 'messages', { words: 'one more' })).status).toBe(429);
}, 30_000);

test('photos are attached to the case; nothing else, nothing large and not many are taken', async () => {
  const mine = await reported();
  const send = (parts: { bytes: Buffer | string }[], of: Reported = mine, headers: Record<string, string> = {}): Promise<Answer> => {
    const { body, type } = multipartOf(parts.map((part) => ({ name: 'a.jpg', ...part })));
    const at = { 'content-type': type, 'x-tracking-secret': of.secret, 'x-telephone-tail': of.tail, ...headers };
    return api.anybody.post('/api/public/tracking/photos', body, at);
  };
  const picture = (red: number) => sharp({ create: { width: 20, height: 20, channels: 3, background: { r: red, g: 0, b: 0 } } }).jpeg().toBuffer(); // prettier-ignore
  const one = await picture(1);
  const key = { 'idempotency-key': randomUUID() };
  expect(await send([{ bytes: one }], mine, key)).toMatchObject({ status: 200, body: { outcome: 'noted' } });
  expect((await send([{ bytes: one }], mine, key)).status).toBe(200);
  const office = await api.as('customerService');
  const attached = await office.get(`/api/cases/${mine.number}/attachments`);
  expect(attached.body['items']).toMatchObject([{ type: 'image/jpeg', by: 'customer-web' }]);
  expect((await office.get(`/api/cases/${mine.number}/customer-words`)).body['items']).toMatchObject([{ kind: 'photos' }]);

  expect(await send([{ bytes: '%PDF-1.7 ... %%EOF padded to be long enough' }])).toMatchObject({
    status: 415,
    body: { code: 'file-refused' },
  });
  expect((await send([{ bytes: 'hello' }])).status).toBe(415);
  expect((await send([{ bytes: Buffer.concat([one, Buffer.alloc(8 * 1024 * 1024)]) }])).status).toBe(413);
  expect((await send([1, 2, 3, 4].map(() => ({ bytes: one })))).status).toBe(413);
  expect((await send([{ bytes: one }], { ...mine, tail: '0000' })).status).toBe(404);
  expect((await api.anybody.post('/api/public/tracking/photos', {})).status).toBe(400);
  expect((await office.get(`/api/cases/${mine.number}/attachments`)).body['items']).toHaveLength(1);
});

test('a case takes twelve photos of its customer', async () => {
  const mine = await reported();
  let before: string[] = [];
  const picture = (red: number) => sharp({ create: { width: 20, height: 20, channels: 3, background: { r: red, g: 9, b: 0 } } }).png().toBuffer(); // prettier-ignore
  for (let i = 0; i < 5; i++) {
    const { body, type } = multipartOf(await Promise.all([1, 2, 3].map(async (n) => ({ bytes: await picture(i * 3 + n), name: 'a.png' }))));
    const { statusCode } = await api.app.inject({
      method: 'POST',
      url: '/api/public/tracking/photos',
      remoteAddress: '10.0.3.1',
      payload: body,
      headers: { 'content-type': type, 'x-tracking-secret': mine.secret, 'x-telephone-tail': mine.tail, 'idempotency-key': randomUUID() },
    });
    expect(statusCode).toBe(i < 4 ? 200 : 413);
    if (i === 3) before = await readdir(api.folder, { recursive: true });
  }
  expect(await readdir(api.folder, { recursive: true })).toEqual(before); // of what was refused nothing is kept
});

test('asked by their link, a customer consents to an extension, and the promised time moves', async () => {
  const mine = await reported();
  await step(api, mine.number, 'customerService', 'survey', { ...surveyForm, complex: true });
  await step(api, mine.number, 'serviceManager', 'estimate.approve', { decision: 'approve', version: 1 });
  const office = await api.as('customerService');
  const at = `/api/cases/${mine.number}/consent-requests`;
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString();
  expect(await office.post(at, { until: '2020-01-01 00:00', reason: 'x' })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'until' }] },
  });
  expect((await (await api.as('generalManager')).post(at, { until, reason: 'x' })).status).toBe(403);
  const refused = await office.post(at, { until, reason: '需要更换整根管道' });
  expect(refused.status).toBe(201);
  expect((await track(mine)).body['awaited']).toMatchObject([{ what: 'consent', request: refused.body['id'], reason: '需要更换整根管道' }]);
  const before = (await track(mine)).body['promises'][0];
  const answer = { request: refused.body['id'], consent: false, words: '太久' };
  expect((await say(mine, 'consent', answer)).body).toEqual({ outcome: 'noted' });
  expect(await say(mine, 'consent', { ...answer, consent: true })).toMatchObject({ status: 422, body: { code: 'key-reused' } });
  expect((await track(mine)).body).toMatchObject({ awaited: [], promises: [before] });

  const superseded = await office.post(at, { until, reason: '一' });
  const asked = await office.post(at, { until, reason: '二' });
  expect((await say(mine, 'consent', { request: superseded.body['id'], consent: true })).status).toBe(404);
  const other = await reported();
  expect((await say(other, 'consent', { request: asked.body['id'], consent: true })).status).toBe(404);
  const yes = { request: asked.body['id'], consent: true };
  expect((await say(mine, 'consent', yes)).body).toEqual({ outcome: 'recorded' });
  expect((await say(mine, 'consent', yes)).body).toEqual({ outcome: 'recorded' });
  const { body } = await track(mine);
  expect(body['awaited']).toEqual([]);
  expect(body['promises'][0].reason.zh).toContain('已征得您同意延期');
  expect(Date.parse(body['promises'][0].dueAt)).toBe(Date.parse(until));
  expect((await office.get(at)).body['items']).toMatchObject([
    { reason: '二', consent: true, askedBy: 'customerService' },
    { reason: '一', consent: null },
    { consent: false, words: '太久' },
  ]);
});

test('an address opens a few cases an hour; another is not held up by it, and nobody gives out an address that is not theirs', async () => {
  const from = async (remoteAddress: string, headers: Record<string, string> = {}): Promise<number> => {
    const { statusCode } = await strict.app.inject({
      method: 'POST',
      url: '/api/public/cases',
      remoteAddress,
      headers: { 'idempotency-key': randomUUID(), ...headers },
      payload: { pack: 's3-cs19', kind: 'repair', form: {} },
    });
    return statusCode;
  };
  for (let i = 0; i < 3; i++) expect(await from('10.0.0.1', { 'x-forwarded-for': `10.0.1.${i}` })).toBe(422);
  expect(await from('10.0.0.1', { 'x-forwarded-for': '10.0.1.9' })).toBe(429);
  expect(await from('10.0.0.2')).toBe(422);
  for (let i = 0; i < 3; i++) expect(await from(`2001:db8:1:2::${i + 1}`)).toBe(422);
  expect(await from('2001:db8:1:2:ffff::9')).toBe(429);
  for (let i = 0; i < 4; i++) expect(await from('10.9.9.9', { 'x-forwarded-for': `10.0.2.${i}` })).toBe(422);
});

test('nobody is made who could speak in the name of customers, and a proxy cannot pass for this machine', async () => {
  const root = await api.withPacks('root', { redress: ['administrator'] });
  expect(await root.post('/api/people', { person: 'customer-web', name: 'x' })).toMatchObject({
    status: 409,
    body: { code: 'person-taken' },
  });
  const headers = { 'x-forwarded-for': '127.0.0.1' };
  expect((await strict.app.inject({ url: '/metrics', remoteAddress: '10.9.9.9', headers })).statusCode).toBe(403);
});

test.each(['customer_word', 'consent_request'])('what customers said and were asked is never changed: %s', async (table) => {
  for (const change of [sql`update ${sql.table(table)} set round = 9`, sql`delete from ${sql.table(table)}`]) {
    await expect(change.execute(engine.owner)).rejects.toThrow();
    await expect(change.execute(engine.db)).rejects.toThrow();
  }
});

test('an IPv6 address counts by its network', () => {
  expect(addressOf({ ip: '10.1.2.3' })).toBe('10.1.2.3');
  expect(addressOf({ ip: '2001:db8:1:2:3:4:5:6' })).toBe('2001:db8:1:2');
  expect(addressOf({ ip: '2001:db8::1' })).toBe('2001:db8:0:0');
  expect(addressOf({ ip: '::ffff:10.1.2.3' })).toBe('10.1.2.3');
});
