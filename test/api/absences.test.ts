/** One table of absences: a substitute decides in the holder's role, both names in the record, never for a contributor; notices and assignments follow. */
import { afterEach, expect, test } from 'vitest';
import { dayOf, endOfDay, isoBeijing } from '../../domain/time.ts';
import type { Caller } from './support/api.ts';
import { useApi } from './support/api.ts';
import { useEngine } from './support/engine.ts';
import { openRepair, step, surveyForm } from './support/stories.ts';

const office = useEngine();
const api = useApi(office);
const HOUR = 3_600_000;
const approve = { form: { decision: 'approve', version: 1 } };

const clerkCalled = (name: string): Promise<Caller> => api.withPacks(name, { 's3-cs19': ['recordsClerk'] });
const span = (from = 0, until = 48) => ({ from: isoBeijing(Date.now() + from * HOUR), until: isoBeijing(Date.now() + until * HOUR) });

async function absent(who: Caller, substitute: string, more: Record<string, unknown> = {}): Promise<string> {
  const answer = await who.post('/api/absences', { substitute, ...span(), ...more });
  expect(answer.status, answer.text).toBe(201);
  return String(answer.body['id']);
}
const back = async (who: Caller, id: string): Promise<void> => expect((await who.post(`/api/absences/${id}/end`, {})).status).toBe(200);

afterEach(async () => {
  await office.db.updateTable('absence').set({ ended_at: new Date() }).where('ended_at', 'is', null).execute();
});

/** A repair whose estimate waits for the service manager. */
async function estimated(by = 'customerService'): Promise<string> {
  const number = await openRepair(api, {}, { provisionalEstimate: '800.00' });
  await step(api, number, by, 'survey', surveyForm);
  return number;
}
const decide = (who: Caller, number: string) => who.post(`/api/cases/${number}/steps/estimate.approve`, approve);

test('a substitute sees the task, decides in the role of the absent holder, and both stand in the record', async () => {
  const manager = await api.as('serviceManager');
  const zhao = await clerkCalled('zhao');
  const number = await estimated();
  expect(await decide(zhao, number)).toMatchObject({ status: 403, body: { code: 'wrong-role' } });

  const id = await absent(manager, 'zhao', { reason: '休假' });
  expect((await zhao.get('/api/tasks')).body['items']).toMatchObject([{ case: number, step: 'estimate.approve' }]);
  const seen = (await manager.get(`/api/cases/${number}`)).body;
  expect(seen['tasks'].find((t: { step: string }) => t.step === 'estimate.approve').deciders).toEqual([
    { person: 'serviceManager', name: 'Name of serviceManager', role: 'serviceManager', for: null, delegation: null },
    { person: 'zhao', name: 'Name of zhao', role: 'serviceManager', for: 'serviceManager', delegation: null },
  ]);
  const next = (await zhao.get(`/api/cases/${number}/next`)).body['items'] as { step: string; mine: boolean }[];
  expect(next.find((one) => one.step === 'estimate.approve')).toMatchObject({ mine: true });
  // Not a task that is no decision.
  expect(await zhao.post(`/api/cases/${number}/steps/severity`, { form: { severity: 'major' } })).toMatchObject({ status: 403 });

  expect((await decide(zhao, number)).status).toBe(200);
  const events = (await manager.get(`/api/cases/${number}/events`)).body['items'] as { kind: string; actor: unknown }[];
  expect(events.find((e) => e.kind === 'decided')).toMatchObject({
    actor: { person: 'zhao', role: 'serviceManager', for: 'serviceManager' },
  });
  const { proposals } = (await manager.get(`/api/cases/${number}`)).body;
  expect(proposals[0].decisions[0].actor).toEqual({ person: 'zhao', role: 'serviceManager', for: 'serviceManager' });

  await back(manager, id);
  expect(await decide(zhao, await estimated())).toMatchObject({ status: 403, body: { code: 'wrong-role' } });
});

test('never a contributor, be it the substitute or the absent one', async () => {
  const drawsUp = await api.as('customerService');
  const manager = await api.as('serviceManager');
  const id = await absent(manager, 'customerService');
  expect(await decide(drawsUp, await estimated())).toMatchObject({ status: 403, body: { code: 'contributor-cannot-approve' } });
  await back(manager, id);

  const both = await api.as('customerService', 'serviceManager');
  const qian = await clerkCalled('qian');
  const theirs = await absent(both, 'qian');
  const surveyed = await openRepair(api, {}, { provisionalEstimate: '800.00' });
  expect((await both.post(`/api/cases/${surveyed}/steps/survey`, { form: surveyForm })).status).toBe(200);
  expect(await decide(qian, surveyed)).toMatchObject({ status: 403, body: { code: 'contributor-cannot-approve' } });
  const tasks = (await manager.get(`/api/cases/${surveyed}`)).body['tasks'] as { step: string; deciders?: { person: string }[] }[];
  expect(tasks.find((t) => t.step === 'estimate.approve')?.deciders?.map((d) => d.person)).toEqual(['serviceManager']);
  // Of what somebody else drew up the same substitute decides.
  expect((await decide(qian, await estimated())).status).toBe(200);
  await back(both, theirs);
});

test('no re-delegation: a substitute who is absent stands in for nobody, and nobody for them', async () => {
  const manager = await api.as('serviceManager');
  const [sun, li] = [await clerkCalled('sun'), await clerkCalled('li')];
  const ids = [await absent(manager, 'sun'), await absent(sun, 'li')];
  const number = await estimated();
  expect((await decide(sun, number)).body['code']).toBe('wrong-role');
  expect((await decide(li, number)).body['code']).toBe('wrong-role');
  await back(manager, ids[0] ?? '');
  await back(sun, ids[1] ?? '');
});

test('notices name whom they reach: the substitute, the other holders where that one is absent too', async () => {
  const manager = await api.as('serviceManager');
  const [zhou, wu] = [await clerkCalled('zhou'), await clerkCalled('wu')];
  const both = await api.as('customerService', 'serviceManager');
  // Breached when it is opened: the ladder speaks at once.
  const tell = () => openRepair(api, { occurredAt: isoBeijing(Date.now() - 240 * HOUR) }).catch((error: Error) => error);
  const reached = async (number: unknown) => {
    const rows = await office.db
      .selectFrom('outbox')
      .select(['kind', 'recipient', 'persons'])
      .where('case_number', '=', String(number))
      .orderBy('id')
      .execute();
    return rows.filter((r) => r.kind === 'notified' && r.recipient === 'serviceManager').map((r) => r.persons)[0];
  };
  const holders = ['customerService+serviceManager', 'serviceManager'];
  const first = await absent(manager, 'zhou');
  const number = await tell();
  expect(await reached(number)).toEqual(['customerService+serviceManager', 'zhou']);
  const mine = (await zhou.get('/api/notices')).body['items'] as { case: string; recipient: string }[];
  expect(mine.some((n) => n.case === number && n.recipient === 'serviceManager')).toBe(true);
  expect((await wu.get('/api/notices')).body['items']).not.toContainEqual(expect.objectContaining({ recipient: 'serviceManager' }));

  const second = await absent(zhou, 'wu');
  expect(await reached(await tell())).toEqual(['customerService+serviceManager']);
  const third = await absent(both, 'zhou');
  expect(await reached(await tell())).toEqual(holders);
  for (const [who, id] of [
    [manager, first],
    [zhou, second],
    [both, third],
  ] as const)
    await back(who, id);
  expect(await reached(await tell())).toEqual(holders);
});

test('nothing is assigned to somebody absent; who stands in is said', async () => {
  const number = await openRepair(api);
  const coordinator = await api.as('customerService');
  await clerkCalled('zheng');
  const feng = await api.withPacks('feng', { 's3-cs19': ['customerService'] });
  const assign = (person: string) => coordinator.post(`/api/cases/${number}/assign`, { form: { task: 'survey#1', person } });
  const ids = [await absent(feng, 'zheng', { pack: 's3-cs19', role: 'finance' })];
  expect((await assign('feng')).status).toBe(200);
  ids.push(await absent(feng, 'zheng', { pack: 's3-cs19' }));
  expect(await assign('feng')).toMatchObject({ status: 409, body: { code: 'assignee-absent', detail: expect.stringContaining('zheng') } });
  for (const id of ids) await back(feng, id);
  expect((await assign('feng')).status).toBe(200);
});

test('who may enter what, and what is not right', async () => {
  const clerk = await clerkCalled('chen');
  const coordinator = await api.as('customerService');
  await clerkCalled('wei');
  const ofWei = { person: 'wei', substitute: 'chen', ...span() };
  expect((await clerk.post('/api/absences', ofWei)).body['code']).toBe('not-allowed');
  expect((await coordinator.post('/api/absences', ofWei)).body['code']).toBe('not-allowed');
  const entered = await coordinator.post('/api/absences', { ...ofWei, pack: 's3-cs19' }, { 'idempotency-key': 'absence-of-wei' });
  expect(entered).toMatchObject({
    status: 201,
    body: { person: 'wei', substitute: 'chen', pack: 's3-cs19', enteredBy: 'customerService' },
  });
  const { id } = entered.body;
  expect((await coordinator.post('/api/absences', { ...ofWei, pack: 's3-cs19' }, { 'idempotency-key': 'absence-of-wei' })).body).toEqual(
    entered.body,
  );
  expect(
    (await coordinator.post('/api/absences', { ...ofWei, ...span(0), pack: 's3-cs19' }, { 'idempotency-key': 'absence-of-wei' })).body[
      'code'
    ],
  ).toBe('key-reused');
  expect(await coordinator.post('/api/absences', { ...ofWei, ...span(47, 60), pack: 's3-cs19' })).toMatchObject({
    status: 409,
    body: { code: 'absence-overlaps', detail: expect.stringContaining(id) },
  });
  // Another scope, or right after it: no overlap.
  for (const more of [
    { pack: 's3-cs19', role: 'recordsClerk' },
    { pack: 's3-cs19', from: entered.body['until'], until: isoBeijing(endOfDay(dayOf(Date.now()) + 5)) },
  ])
    expect((await coordinator.post('/api/absences', { ...ofWei, ...more })).status).toBe(201);
  expect((await clerk.post(`/api/absences/${id}/end`, {})).body['code']).toBe('not-allowed');
  // Whoever enters it for somebody else would decide in their place alone; and nobody stands in where they do not work.
  await api.withPacks('outsider', { 's2-cement': ['quality'] });
  for (const substitute of ['customerService', 'outsider'])
    expect(await coordinator.post('/api/absences', { ...ofWei, ...span(200, 300), substitute, pack: 's3-cs19' })).toMatchObject({
      status: 422,
      body: { code: 'bad-absence', errors: [{ path: 'substitute' }] },
    });
  expect(await clerk.post('/api/absences', { ...span(200, 300), substitute: 'outsider' })).toMatchObject({ status: 422 });
  expect((await clerk.get('/api/absences')).body['items']).toHaveLength(3);
  expect((await (await clerkCalled('nobody-special')).get('/api/absences')).body['items']).toEqual([]);
  for (const [body, path] of [
    [{ substitute: 'chen' }, 'substitute'],
    [{ substitute: 'nobody' }, 'substitute'],
    [{ ...span(5, 4) }, 'until'],
    [{ ...span(-5, -4) }, 'until'],
    [{ role: 'finance' }, 'role'],
    [{ pack: 's3-cs19', role: 'cook' }, 'role'],
    [{ pack: 's9' }, 'pack'],
  ] as const) {
    const answer = await clerk.post('/api/absences', { substitute: 'wei', ...span(100, 200), ...body });
    expect(answer).toMatchObject({ status: 422, body: { code: 'bad-absence', errors: [{ path }] } });
  }
});

test('a substitute who no longer works with the pack sees and decides nothing', async () => {
  const manager = await api.as('serviceManager');
  const zhao = await clerkCalled('zhao');
  const number = await estimated();
  const id = await absent(manager, 'zhao');
  expect((await zhao.get(`/api/cases/${number}`)).status).toBe(200);
  await office.db.deleteFrom('person_role').where('person', '=', 'zhao').execute();
  expect((await zhao.get(`/api/cases/${number}`)).status).toBe(404);
  expect((await decide(zhao, number)).status).toBe(404);
  await back(manager, id);
});

test('two that overlap, entered at the same moment: one of them stands', async () => {
  const clerk = await clerkCalled('jiang');
  await clerkCalled('shen');
  const answers = await Promise.all(Array.from({ length: 6 }, () => clerk.post('/api/absences', { substitute: 'shen', ...span() })));
  expect(answers.map((a) => a.status).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409, 409, 409]);
});

test('a nudge reaches who owes it, stands in the record, and not twice on a working day', async () => {
  const number = await openRepair(api);
  const clerk = await api.as('recordsClerk');
  const nudge = (who: Caller, from: string, task = 'survey#1') =>
    who.post(`/api/cases/${number}/nudge`, { form: { task, from, note: '客户再次来电' } });
  expect((await nudge(clerk, 'customer')).status).toBe(200);
  const again = await nudge(clerk, 'customer');
  expect(again).toMatchObject({ status: 429, body: { code: 'nudged-too-often' } });
  expect(again.body['detail']).toMatch(/^\d{4}-\d\d-\d\d 00:00:00$/);
  expect((await nudge(clerk, 'coordinator')).body['code']).toBe('wrong-role');
  expect((await nudge(await api.as('customerService'), 'coordinator')).status).toBe(200);
  expect((await nudge(clerk, 'customer', 'severity#1')).body['code']).toBe('nothing-owed');
  expect((await nudge(clerk, 'customer', 'survey#9')).body['code']).toBe('task-not-open');
  const events = (await clerk.get(`/api/cases/${number}/events`)).body['items'] as { kind: string }[];
  expect(events.filter((e) => e.kind === 'nudged')).toMatchObject([
    {
      actor: { person: 'recordsClerk', role: 'recordsClerk' },
      data: { task: 'survey#1', from: 'customer', roles: ['customerService', 'caseHandler'] },
    },
    { actor: { person: 'customerService', role: 'customerService' }, data: { from: 'coordinator' } },
  ]);
  const told = (await (await api.as('customerService')).get('/api/notices')).body['items'] as { case: string; kind: string }[];
  expect(told.filter((n) => n.case === number && n.kind === 'nudged')).toHaveLength(2);
  const acts = (await clerk.get(`/api/cases/${number}/next`)).body['items'] as { step: string; form: { fields: { name: string }[] } }[];
  expect(acts.find((one) => one.step === 'nudge')?.form.fields.map((f) => f.name)).toEqual(['task', 'from', 'note']);
});
