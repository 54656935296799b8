/** A repair through HTTP, on the real engine: opened, answered, read, explained. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { useApi } from './support/api.ts';
import { useEngine } from './support/engine.ts';
import { openRepair, step, surveyForm } from './support/stories.ts';

const office = useEngine();
const api = useApi(office);

test('a repair is opened, surveyed and approved, and every reading tells the same', async () => {
  const clerk = await api.as('recordsClerk');
  const opened = await clerk.post('/api/cases', {
    pack: 's3-cs19',
    kind: 'repair',
    form: { channel: 'hotline', summary: 'water', telephone: '13800000000' },
  });
  expect(opened).toMatchObject({ status: 201, body: { status: 'decided' } });
  const number = String(opened.body['number']);
  expect(opened.headers['location']).toBe(`/api/cases/${number}`);

  const surveyed = await step(api, number, 'customerService', 'survey', surveyForm);
  const seq = Number(surveyed.body['seq']);
  const one = await clerk.get(`/api/cases/${number}`);
  expect(one.body).toMatchObject({
    number,
    stage: 'approval',
    status: 'open',
    round: 1,
    seq,
    known: { orderClass: 'B' },
    responseDue: { limit: 'survey', status: 'met', label: { zh: '现场勘察' } },
    closureDue: { limit: 'caseClosure', status: 'running' },
    proposals: [{ name: 'estimate', version: 1, amount: '800.00', outcome: null, by: ['customerService'], decisions: [] }],
  });
  expect(one.body['next']).toEqual(expect.arrayContaining(['estimate.approve', 'withdraw', 'assign']));
  expect(one.text).not.toMatch(/13800000000|behind the wall/);

  const task = (one.body['tasks'] as { id: string; step: string; proposal: { version: number } }[]).find(
    (t) => t.step === 'estimate.approve',
  );
  const decision = { decision: 'approve', version: task?.proposal.version };
  const approved = await (
    await api.as('serviceManager')
  ).post(`/api/cases/${number}/steps/estimate.approve`, { task: task?.id, form: decision });
  expect(approved.status).toBe(200);

  const list = await clerk.get(`/api/cases?stage=repair&q=${number}`);
  expect(list.body).toMatchObject({ next: null, items: [{ number, stage: 'repair', seq: approved.body['seq'], needsOperators: false }] });

  const timeline = await clerk.get(`/api/cases/${number}/events?limit=100`);
  const events = timeline.body['items'] as { seq: number; kind: string; actor: unknown; clause: string; data: Record<string, unknown> }[];
  expect(events.map((e) => e.seq)).toEqual(events.map((_, i) => i + 1));
  expect(events.find((e) => e.kind === 'decided')).toMatchObject({
    clause: '3.6.1',
    actor: { person: 'serviceManager', name: 'Name of serviceManager', role: 'serviceManager' },
    data: { decision: 'approve', act: 'approve' },
  });
  const second = await clerk.get(`/api/cases/${number}/events?limit=2&after=3`);
  expect(second.body).toMatchObject({ items: [{ seq: 4 }, { seq: 5 }], next: 5 });

  const hash = String(events.find((e) => e.kind === 'submitted')?.data['documentHash']);
  expect((await clerk.get(`/api/cases/${number}/documents/${hash}`)).body).toMatchObject({
    form: { findings: 'a pipe behind the wall', estimate: '800.00' },
  });
  const other = await openRepair(api);
  expect((await clerk.get(`/api/cases/${other}/documents/${hash}`)).status).toBe(404);
  // Who has read it stands in the journal; who was refused has read nothing.
  const reads = await office.db.selectFrom('journal').select(['person', 'body']).where('body', 'like', `%${hash}%`).execute();
  expect(reads).toEqual([{ person: 'recordsClerk', body: expect.stringContaining(`"case":"${number}"`) }]);
});

test('why a deadline is when it is, make-up days and all, in both languages', async () => {
  const number = await openRepair(api, { occurredAt: '2026-09-18 10:00' }); // Friday; Sunday the 20th is worked
  const clerk = await api.as('recordsClerk');
  const why = await clerk.get(`/api/cases/${number}/clocks/survey%231/why`);
  expect(why.body).toMatchObject({
    clock: { dueAt: '2026-09-21T00:00:00+08:00', due: '2026-09-20 24:00:00', status: 'breached' },
    rule: { kind: 'workdays', n: 1 },
  });
  expect((why.body['lines'] as string[]).join('\n')).toMatch(
    /2026-09-19 周六 周末休息,不计[^]*2026-09-20 周日 调休上班,第 1[^]*到期:2026-09-20 24:00:00/,
  );
  const english = await clerk.get(`/api/cases/${number}/clocks/survey%231/why?lang=en`);
  expect((english.body['lines'] as string[]).join('\n')).toMatch(/make-up workday, number 1/);
  expect((await clerk.get(`/api/cases/${number}/clocks/none/why`)).status).toBe(404);
  expect((await clerk.get(`/api/cases/${number}/clocks/constructor/why`)).status).toBe(404);
});

test('what may be done next names who, and hands over the form', async () => {
  const number = await openRepair(api);
  const next = (await (await api.as('customerService')).get(`/api/cases/${number}/next`)).body['items'] as {
    step: string;
    mine: boolean;
  }[];
  expect(next[0]).toMatchObject({
    step: 'survey',
    mine: true,
    by: ['customerService', 'caseHandler'],
    clause: '3.4.5',
    task: { id: 'survey#1', optional: false },
    form: {
      id: 'survey',
      fields: expect.arrayContaining([
        expect.objectContaining({
          name: 'trades',
          required: true,
          options: [{ value: 'single', zh: '单工种', en: 'single trade' }, expect.anything()],
        }),
      ]),
    },
  });
  const forClerk = (await (await api.as('recordsClerk')).get(`/api/cases/${number}/next`)).body['items'] as {
    step: string;
    mine: boolean;
  }[];
  expect(forClerk.find((s) => s.step === 'survey')?.mine).toBe(false);
});

test('an assigned task is its holder’s alone, in lists as in decisions', async () => {
  const number = await openRepair(api);
  const handler = await api.withPacks('handler-wu', { 's3-cs19': ['caseHandler'] });
  const service = await api.as('customerService');
  const assigned = await service.post(`/api/cases/${number}/assign`, { form: { task: 'survey#1', person: 'handler-wu' } });
  expect(assigned.status).toBe(200);
  const mine = async (who: typeof service) =>
    ((await who.get('/api/tasks?limit=100')).body['items'] as { case: string; id: string }[])
      .filter((t) => t.case === number)
      .map((t) => t.id);
  expect(await mine(handler)).toContain('survey#1');
  expect(await mine(service)).not.toContain('survey#1');
  expect((await service.post(`/api/cases/${number}/steps/survey`, { form: surveyForm })).body).toMatchObject({
    status: 403,
    code: 'not-the-holder',
  });
  const notices = (await handler.get('/api/notices')).body['items'] as { id: string; case: string }[];
  expect(notices).toMatchObject([{ case: number, kind: 'assigned', recipient: 'person:handler-wu', readAt: null }]);
  const ids = notices.map((n) => n.id);
  expect((await service.post('/api/notices/read', { ids })).body).toEqual({ marked: 0 });
  expect((await handler.post('/api/notices/read', { ids })).body).toEqual({ marked: 1 });
  expect((await handler.get('/api/notices')).body['items']).toEqual([]);
  expect((await handler.get('/api/notices?all=true')).body['items']).toHaveLength(1);
});

test('the same key gives the first outcome, another body is refused, and nothing happens twice', async () => {
  const clerk = await api.as('recordsClerk');
  const key = randomUUID();
  const body = { pack: 's3-cs19', kind: 'repair', form: { channel: 'web' } };
  const [first, second] = await Promise.all([
    clerk.post('/api/cases', body, { 'idempotency-key': key }),
    clerk.post('/api/cases', body, { 'idempotency-key': key }),
  ]);
  expect(second.body['number']).toBe(first.body['number']);
  const third = await clerk.post('/api/cases', body, { 'idempotency-key': key });
  expect(third).toMatchObject({ status: 201, body: first.body });
  expect(await clerk.post('/api/cases', { ...body, kind: 'other' }, { 'idempotency-key': key })).toMatchObject({
    status: 422,
    body: { code: 'key-reused' },
  });
  const number = String(first.body['number']);
  const service = await api.as('customerService');
  expect(await service.post(`/api/cases/${number}/steps/survey`, { form: surveyForm }, { 'idempotency-key': key })).toMatchObject({
    status: 422,
    body: { code: 'key-reused' },
  });
  const { n } = await office.db
    .selectFrom('event')
    .select((x) => x.fn.countAll<string>().as('n'))
    .where('key', '=', key)
    .where('kind', '=', 'opened')
    .executeTakeFirstOrThrow();
  expect(n).toBe('1');
});

test('refusals keep their status, change nothing, and stay to be asked for by their sender', async () => {
  const number = await openRepair(api);
  const clerk = await api.as('recordsClerk');
  const before = (await clerk.get(`/api/cases/${number}`)).body['seq'];
  const key = randomUUID();
  expect(await clerk.post(`/api/cases/${number}/steps/survey`, { form: surveyForm }, { 'idempotency-key': key })).toMatchObject({
    status: 403,
    body: { code: 'wrong-role' },
  });
  expect((await clerk.get(`/api/requests/${key}`)).body).toMatchObject({
    status: 'refused',
    code: 'wrong-role',
    number,
    title: '您的岗位无权办理此环节。',
  });
  expect((await (await api.as('finance')).get(`/api/requests/${key}`)).status).toBe(404);
  const service = await api.as('customerService');
  const incomplete = await service.post(`/api/cases/${number}/steps/survey`, { form: { ...surveyForm, signedBy: ['customerService'] } });
  expect(incomplete).toMatchObject({ status: 422, body: { code: 'survey-incomplete' } });
  expect(await service.post(`/api/cases/${number}/steps/payment`, { form: { paid: '1.00' } })).toMatchObject({
    status: 409,
    body: { code: 'task-not-open' },
  });
  const formless = await service.post(`/api/cases/${number}/steps/survey`, { form: { trades: 'three', nonsense: 1 } });
  expect(formless.body).toMatchObject({ status: 422, code: 'bad-facts' });
  expect((formless.body['errors'] as { path: string }[]).map((e) => e.path)).toEqual(['nonsense', 'trades', 'signedBy', 'responsible']);
  expect(await service.post(`/api/cases/${number}/steps/flight`, { form: {} })).toMatchObject({ status: 404 });
  expect((await clerk.get(`/api/cases/${number}`)).body['seq']).toBe(before);
});

test('whoever may not open a case is refused before anything is received', async () => {
  const finance = await api.as('finance');
  const key = randomUUID();
  expect(await finance.post('/api/cases', { pack: 's3-cs19', kind: 'repair', form: {} }, { 'idempotency-key': key })).toMatchObject({
    status: 403,
    body: { code: 'wrong-role' },
  });
  expect(await finance.get(`/api/requests/${key}`)).toMatchObject({ status: 404 });
});

test('a case of another company is as good as absent', async () => {
  const number = await openRepair(api);
  const stranger = await api.withPacks('stranger', { 'another-pack': ['customerService', 'generalManager'] });
  const absent = await stranger.get('/api/cases/CS19-2026-999999');
  for (const path of ['', '/events', '/next', '/why', '/clocks/survey%231/why']) {
    const answer = await stranger.get(`/api/cases/${number}${path}`);
    expect(answer.status, path).toBe(404);
    expect({ ...answer.body, instance: '', traceId: '' }, path).toEqual({ ...absent.body, instance: '', traceId: '' });
  }
  expect((await stranger.post(`/api/cases/${number}/withdraw`, { form: { reason: 'x', evidence: 'y' } })).status).toBe(404);
  expect((await stranger.get('/api/cases')).body).toEqual({ items: [], next: null });
  expect((await stranger.get('/api/tasks')).body).toEqual({ items: [], next: null, emergencies: [], jointActs: [] });
});

test('a withdrawn case takes nothing more', async () => {
  const number = await openRepair(api);
  const service = await api.as('customerService');
  expect((await service.post(`/api/cases/${number}/withdraw`, { form: { reason: 'the customer has mended it' } })).body).toMatchObject({
    status: 422,
    code: 'evidence-missing',
  });
  expect((await service.post(`/api/cases/${number}/withdraw`, { form: { reason: 'mended', evidence: 'call of 9:00' } })).status).toBe(200);
  await expect
    .poll(async () => (await service.get(`/api/cases/${number}`)).body)
    .toMatchObject({ status: 'closed', reason: 'withdrawn', next: [], tasks: [] });
  expect(await service.post(`/api/cases/${number}/steps/survey`, { form: surveyForm })).toMatchObject({
    status: 409,
    body: { code: 'case-closed' },
  });
});

test('a late-entered complaint is overdue and escalated at once, and the general manager sees it', async () => {
  const number = await openRepair(api, { occurredAt: '2026-03-02 09:00' });
  const manager = await api.as('generalManager');
  const listed = async (query: string) =>
    ((await manager.get(`/api/cases?limit=100&q=${number}&${query}`)).body['items'] as { number: string }[]).length;
  expect(await listed('overdue=true')).toBe(1);
  expect(await listed('overdue=false')).toBe(0);
  expect(await listed('escalated=true&mine=true')).toBe(1);
  const tasks = (await manager.get('/api/tasks?limit=100')).body['items'] as { case: string }[];
  expect(tasks.find((t) => t.case === number)).toMatchObject({ step: 'acknowledge', escalation: true, roles: ['generalManager'] });
  const fresh = await openRepair(api);
  expect((await manager.get(`/api/cases?q=${fresh}&overdue=true`)).body['items']).toEqual([]);
});

test('what names no pack is taken by the default pack, for whoever may open there', async () => {
  const inquiry = { kind: 'inquiry', form: { channel: 'telephone', summary: '如何保养' } };
  expect((await (await api.as('recordsClerk')).post('/api/cases', inquiry)).status).toBe(404);
  const answer = await (await api.withPacks('std-service', { 's3-std': ['customerService'] })).post('/api/cases', inquiry);
  expect(answer).toMatchObject({ status: 201, body: { status: 'decided' } });
});

test('feedback is filled in by whoever hears the customer, or by the customer; not by everybody [FB.P3]', async () => {
  const feedback = {
    pack: 's4-feedback',
    kind: 'feedback',
    form: { content: '导管接口松动', customerName: '示例医院', class: 'general', phase: 'after' },
  };
  const open = async (role: string): Promise<number> =>
    (await (await api.withPacks(`feedback-${role}`, { 's4-feedback': [role] })).post('/api/cases', feedback)).status;
  expect([await open('salesperson'), await open('customer'), await open('quality')]).toEqual([201, 201, 403]);
});

test.each(['0001-01-01 00:00', '1899-12-31 23:59', '2200-01-01 00:01', '9999-12-31 24:00'])(
  'an opening dated %s is refused before anything is received: no store could hold what follows',
  async (occurredAt) => {
    const clerk = await api.as('recordsClerk');
    const inbox = () => office.db.selectFrom('inbox').select('key').execute();
    const before = (await inbox()).length;
    const refused = await clerk.post('/api/cases', { pack: 's3-cs19', kind: 'repair', occurredAt, form: { channel: 'letter' } });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: 'occurredAt' }] } });
    const number = await openRepair(api);
    const form = { until: occurredAt, complex: true, evidence: 'x' };
    expect((await (await api.as('customerService')).post(`/api/cases/${number}/steps/extend`, { form })).status).toBe(422);
    expect(await inbox()).toHaveLength(before + 1);
  },
);

test('opening is no step of a case that is there: not found, and nothing is received that could never be decided', async () => {
  const number = await openRepair(api);
  const everybody = await api.as('recordsClerk', 'customerService');
  for (const headers of [{}, { prefer: 'respond-async' }]) {
    const form = { channel: 'hotline', summary: 'water' };
    const answer = await everybody.post(`/api/cases/${number}/steps/open`, { form }, headers);
    expect(answer).toMatchObject({ status: 404, body: { code: 'not-found' } });
  }
  const received = await office.db.selectFrom('inbox').select('step').where('case_number', '=', number).execute();
  expect(received).toEqual([{ step: 'open' }]);
});
