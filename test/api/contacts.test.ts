/** Contacts that are no case: noted, compiled for a period, passed on, turned into a case. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { useApi, type Caller } from './support/api.ts';
import { useEngine } from './support/engine.ts';

const engine = useEngine();
const api = useApi(engine);
const marketing = () => api.withPacks('li.na', { 's0-ts16949': ['marketing'] });
const entries = '/api/registers/contacts/entries';

async function noteContact(by: Caller, more: Record<string, unknown> = {}): Promise<string> {
  const body = { at: '2026-11-02 09:00', channel: 'call', customer: '红星机械厂', content: '询问交期', takenBy: 'li.na', ...more };
  const answer = await by.post(entries, { body });
  if (answer.status !== 201) throw new Error(answer.text);
  return String(answer.body['id']);
}

test('channel, time, customer, content and who took it are noted, and nothing of it is a case [TS.F6]', async () => {
  const by = await marketing();
  const id = await noteContact(by, { channel: 'letter' });
  expect(id).toMatch(/^GK-\d{4}-\d{5}$/);
  const { body } = await by.get(`${entries}/${id}`);
  expect(body['body']).toEqual({
    at: '2026-11-02T09:00:00+08:00',
    channel: 'letter',
    customer: '红星机械厂',
    content: '询问交期',
    takenBy: 'li.na',
  });
  expect((await by.get('/api/cases?status=all')).body['items']).toEqual([]);
  expect(await by.post(entries, { body: { channel: 'call', customer: 'x', content: 'x' } })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'at' }] },
  });
  expect(await by.post(entries, { body: { at: '2126-11-02 09:00', channel: 'call', customer: 'x', content: 'x' } })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'at', message: '时间:不得晚于现在。' }] },
  });
  const rows = Buffer.from('时间,来源,客户,内容\n2126-11-02 09:00,来电,x,x\n');
  const imported = await by.post('/api/registers/contacts/imports?dryRun=true', rows, { 'content-type': 'text/csv' });
  expect(imported.body).toMatchObject({ bad: 1, faults: [{ line: 2, faults: [{ column: '时间', what: { zh: '不得晚于现在' } }] }] });
  expect((await by.post(entries, { body: { at: '2026-11-02 09:00', channel: 'smoke', customer: 'x', content: 'x' } })).status).toBe(422);
  const stranger = await api.withPacks('stranger', { 's2-cement': ['market'] });
  expect((await stranger.get(`${entries}/${id}`)).status).toBe(404);
});

test('general information of the feedback procedure has its topics [FB.K1]', async () => {
  const by = await api.withPacks('business', { 's4-feedback': ['business'] });
  for (const topic of ['inquiry', 'beyondScope', 'nonCritical', 'market']) {
    const body = { at: '2026-11-02 09:00', topic, customer: '诊所', content: '询问' };
    expect((await by.post('/api/registers/generalInformation/entries', { body })).status, topic).toBe(201);
  }
  const other = { at: '2026-11-02 09:00', topic: 'complaint', customer: '诊所', content: '投诉' };
  expect((await by.post('/api/registers/generalInformation/entries', { body: other })).status).toBe(422);
});

test('a kept sample is found by its number, its product and its case [CEM.A2]', async () => {
  const by = await api.withPacks('quality', { 's2-cement': ['quality'] });
  const samples = '/api/registers/samples/entries';
  const body = {
    number: 'YP-42.5-0318',
    product: 'P.O 42.5',
    takenOn: '2026-03-18',
    place: '样品室3柜',
    keptUntil: '2026-06-18',
    case: 'CEM-2026-000001',
  };
  expect((await by.post(samples, { body })).status).toBe(201);
  expect((await by.get(`${samples}/YP-42.5-0318`)).body['body']).toEqual(body);
  for (const query of ['q=样品室', 'q=42.5', 'filter=case:CEM-2026-000001']) {
    expect((await by.get(`${samples}?${query}`)).body['items'], query).toMatchObject([{ id: 'YP-42.5-0318' }]);
  }
  expect((await by.post(samples, { body: { ...body, number: 'YP-2', place: '' } })).status).toBe(422);
});

test('the written customer information of a period goes by customer and channel, with use, requirements and situations [TS.F4]', async () => {
  const by = await marketing();
  const told = { use: '运行正常', requirements: '加长接头', situation: '将扩建车间' };
  const first = await noteContact(by, { at: '2025-03-01 00:00', customer: '甲厂', ...told });
  const second = await noteContact(by, { at: '2025-03-31 23:59', customer: '甲厂', content: '=再次来电' });
  const visit = await noteContact(by, { at: '2025-03-10 09:00', customer: '甲厂', channel: 'visited' });
  const other = await noteContact(by, { at: '2025-03-05 09:00', customer: '乙厂' });
  await noteContact(by, { at: '2025-04-01 00:00', customer: '甲厂' });
  const withdrawn = await noteContact(by, { at: '2025-03-06 09:00', customer: '甲厂' });
  await by.post(`${entries}/${withdrawn}/withdraw`, { reason: '重复' }, { 'if-match': '"1"' });

  const { body } = await by.get('/api/contacts/compilation?from=2025-03-01&to=2025-03-31');
  expect(
    (body['groups'] as { customer: string; channel: string; notes: { id: string }[] }[]).map((g) => [
      g.customer,
      g.channel,
      g.notes.map((n) => n.id),
    ]),
  ).toEqual([
    ['乙厂', 'call', [other]],
    ['甲厂', 'call', [first, second]],
    ['甲厂', 'visited', [visit]],
  ]);
  const csv = await by.get('/api/contacts/compilation/export?from=2025-03-01&to=2025-03-31');
  expect(csv.headers['content-disposition']).toContain('attachment');
  const lines = csv.text.trimEnd().split('\r\n');
  expect(lines[0]).toBe('\uFEFF客户,客户服务档案,来源,编号,时间,内容,产品使用情况,对产品的要求,反映的情况,登记人');
  expect(lines[2]).toBe(`甲厂,,来电,${first},2025-03-01T00:00:00+08:00,询问交期,运行正常,加长接头,将扩建车间,li.na`);
  expect(lines[3]).toContain(`"'=再次来电"`);
  expect(
    (await (await api.withPacks('stranger', { 's2-cement': ['market'] })).get('/api/contacts/compilation?from=2025-03-01&to=2025-03-31'))
      .status,
  ).toBe(404);
  expect((await by.get('/api/contacts/compilation?from=2025-02-30&to=2025-03-31')).status).toBe(400);
});

test('a note is passed on to a department, or straight to the general manager: each finds the notice, and the wording is not in it', async () => {
  const by = await marketing();
  const secret = `secret ${randomUUID()}`;
  const id = await noteContact(by, { content: secret });
  const at = `${entries}/${id}/passes`;
  const key = { 'idempotency-key': randomUUID() };
  const report = { role: 'generalManager', reason: '竞争对手降价' };
  const first = await by.post(at, report, key);
  expect(first).toMatchObject({
    status: 201,
    body: { ordinal: 1, pack: 's0-ts16949', role: 'generalManager', reason: '竞争对手降价', by: 'li.na' },
  });
  expect((await by.post(at, report, key)).body).toEqual(first.body);
  expect(await by.post(at, { ...report, reason: 'x' }, key)).toMatchObject({ status: 422, body: { code: 'key-reused' } });
  expect((await by.post(at, { role: 'technical', reason: '产品要求' })).body).toMatchObject({ ordinal: 2, role: 'technical' });
  expect(await by.post(at, { role: 'nobody', reason: 'x' })).toMatchObject({ status: 422, body: { errors: [{ path: 'role' }] } });
  expect((await by.get(at)).body['items']).toMatchObject([{ ordinal: 1 }, { ordinal: 2 }]);

  const boss = await api.withPacks('boss', { 's0-ts16949': ['generalManager'] });
  const notices = await boss.get('/api/notices');
  expect(notices.body['items']).toMatchObject([
    { case: null, entry: { register: 'contacts', id }, recipient: 'generalManager', kind: 'passed' },
  ]);
  expect(notices.text).not.toContain(secret);
  expect((await boss.get(`${entries}/${id}`)).body['body']).toMatchObject({ content: secret });
  const foreign = await api.withPacks('foreign-boss', { 's3-cs19': ['generalManager'] });
  expect((await foreign.get('/api/notices')).body['items']).toEqual([]);
  expect((await foreign.post('/api/notices/read', { ids: [notices.body['items'][0].id] })).body).toEqual({ marked: 0 });
  expect((await boss.post('/api/notices/read', { ids: [notices.body['items'][0].id] })).body).toEqual({ marked: 1 });
  expect((await boss.get('/api/notices')).body['items']).toEqual([]);
});

test('two who turn a note into a case at once open one case', async () => {
  const by = await marketing();
  const id = await noteContact(by, { content: '两人同时立案' });
  const answers = await Promise.all([1, 2, 3].map(() => by.post(`${entries}/${id}/case`, { kind: 'suggestion' })));
  expect(
    answers.every(({ status }) => status === 201 || status === 409),
    JSON.stringify(answers.map((a) => a.body)),
  ).toBe(true);
  expect(new Set(answers.filter(({ status }) => status === 201).map(({ body }) => String(body['number']))).size).toBe(1);
  const rows = await engine.db.selectFrom('inbox').select('case_number').where('key', '=', `case-of contacts ${id}`).execute();
  expect(rows).toHaveLength(1);
});

test('a note becomes a case: the opening is filled from it, and each leads to the other', async () => {
  const by = await marketing();
  const id = await noteContact(by, { content: '提出建议:加长接头', contact: '139' });
  const filled = await by.get(`${entries}/${id}/opening?kind=suggestion`);
  expect(filled.body['form']).toEqual({ suggestedBy: '红星机械厂', content: '提出建议:加长接头', channel: 'call', contact: '139' });
  const key = { 'idempotency-key': randomUUID() };
  const opened = await by.post(`${entries}/${id}/case`, { kind: 'suggestion', form: { suggestedBy: '王工' } }, key);
  expect(opened).toMatchObject({ status: 201, body: { status: 'decided' } });
  const number = String(opened.body['number']);
  expect((await by.get(`${entries}/${id}`)).body).toMatchObject({ version: 2, body: { case: number } });
  expect((await by.get(`${entries}?filter=case:${number}`)).body['items']).toMatchObject([{ id }]);
  const documents = await by.get(`/api/cases/${number}/documents`);
  const { form } = (await by.get(`/api/cases/${number}/documents/${documents.body['items'][0].hash}`)).body;
  expect(form).toMatchObject({ suggestedBy: '王工', content: '提出建议:加长接头', channel: 'call' });

  const again = await by.post(`${entries}/${id}/case`, { kind: 'suggestion', form: { suggestedBy: '王工' } }, key);
  expect(again).toMatchObject({ status: 201, body: { number } });
  expect(await by.post(`${entries}/${id}/case`, { kind: 'suggestion' })).toMatchObject({ status: 409, body: { code: 'entry-has-case' } });
  expect((await by.get(`${entries}/${id}`)).body).toMatchObject({ version: 2 });
  const technical = await api.withPacks('technical', { 's0-ts16949': ['superiors'] });
  expect((await technical.post(`${entries}/${id}/case`, { kind: 'suggestion' })).status).toBe(403);
});
