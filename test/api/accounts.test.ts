/** Accounts through the door: opened by finance, drawn for what was approved, replenished, listed, summed per period. */
import { expect, test } from 'vitest';
import { useApi, type Caller } from './support/api.ts';
import { useEngine } from './support/engine.ts';
import { openRepair, step, surveyForm } from './support/stories.ts';

const office = useEngine();
const api = useApi(office);
const decision = { reference: '财字[2026]1号', by: '总经理', at: '2026-01-05 09:00', reason: '程序 3.6' };
const finance = () => api.as('finance');
const at = (id: string): string => `/api/accounts/${encodeURIComponent(id)}`;
const fields = (answer: { body: Record<string, unknown> }) =>
  (answer.body['errors'] as { path: string; message: string }[] | undefined) ?? [];

/** A repair whose estimate of 800.00 is approved: its number and the hash of the proposal. */
async function approved(): Promise<{ number: string; hash: string }> {
  const number = await openRepair(api, {}, { provisionalEstimate: '800.00' });
  await step(api, number, 'customerService', 'survey', surveyForm);
  await step(api, number, 'serviceManager', 'estimate.approve', { decision: 'approve', version: 1 });
  const { proposals } = (await (await api.as('serviceManager')).get(`/api/cases/${number}`)).body;
  return { number, hash: String(proposals[0].hash) };
}
/** The order and what it draws are one transaction. */
async function ordered(number: string): Promise<void> {
  const orders = () => office.db.selectFrom('work_order').select('number').where('case_number', '=', number).execute();
  await expect.poll(orders, { timeout: 20_000 }).toHaveLength(1);
}
async function refusedWith(who: Caller, url: string, body: unknown): Promise<string> {
  const answer = await who.post(url, body);
  return `${answer.status} ${String(answer.body['code'])} ${fields(answer)
    .map((e) => e.path)
    .join()}`;
}

test('a working fund is opened with what the pack says, drawn for an approved repair, refused beyond what is left, replenished [CS19.T7 CS19.T8 CS19.F21]', async () => {
  const who = await finance();
  expect(await refusedWith(await api.as('customerService'), '/api/accounts', { kind: 'fund', fund: 'customerService', decision })).toMatch(
    /^403 not-allowed/,
  );
  const first = await who.post('/api/accounts', { kind: 'fund', fund: 'customerService', decision }, { 'idempotency-key': 'open-cs' });
  expect(first).toMatchObject({
    status: 201,
    body: { id: 'fund:customerService', balance: '100000.00', left: '100000.00', toReplenish: '0.00' },
  });
  expect(
    (await who.post('/api/accounts', { kind: 'fund', fund: 'customerService', decision }, { 'idempotency-key': 'open-cs' })).body,
  ).toEqual(first.body);
  expect(await refusedWith(who, '/api/accounts', { kind: 'fund', fund: 'customerService', decision })).toMatch(/^409 account-taken/);
  expect(await refusedWith(who, '/api/accounts', { kind: 'fund', fund: 'holiday', decision })).toBe('422 bad-ledger fund');
  // The first repair is ordered before the team has a fund: its order draws nothing.
  const { number, hash } = await approved();
  await ordered(number);
  expect((await who.post('/api/accounts', { kind: 'fund', fund: 'repairTeam', decision })).body).toMatchObject({
    balance: '100000.00',
    owner: 'property',
  });

  const service = await api.as('customerService');
  const drawn = { kind: 'draw', amount: '500.00', case: number, proposal: hash };
  const entry = await service.post(`${at('fund:customerService')}/entries`, drawn, { 'idempotency-key': 'draw-1' });
  expect(entry).toMatchObject({
    status: 201,
    body: { amount: '-500.00', case: number, decision: `proposal:${hash}`, decidedBy: 'serviceManager', enteredBy: 'customerService' },
  });
  expect((await service.post(`${at('fund:customerService')}/entries`, drawn, { 'idempotency-key': 'draw-1' })).body).toEqual(entry.body);
  expect(
    (await service.post(`${at('fund:customerService')}/entries`, { ...drawn, amount: '501.00' }, { 'idempotency-key': 'draw-1' })).body[
      'code'
    ],
  ).toBe('key-reused');

  const beyond = await service.post(`${at('fund:customerService')}/entries`, { ...drawn, amount: '300.01' });
  expect([beyond.status, fields(beyond)]).toEqual([422, [{ path: 'amount', message: expect.stringContaining('300.00') }]]);

  // The order of the second draws 800.00 on the team's fund, so nothing of what was approved is left for the case.
  const second = await approved();
  await ordered(second.number);
  expect((await who.get(at('fund:repairTeam'))).body['balance']).toBe('99200.00');
  const nothing = { kind: 'draw', amount: '0.01', case: second.number, proposal: second.hash };
  expect(await refusedWith(service, `${at('fund:customerService')}/entries`, nothing)).toBe('422 bad-ledger amount');

  expect(await refusedWith(service, `${at('fund:customerService')}/entries`, { kind: 'replenish', amount: '500.00', decision })).toMatch(
    /^403 not-allowed/,
  );
  expect((await who.post(`${at('fund:customerService')}/entries`, { kind: 'replenish', amount: '500', decision })).status).toBe(201);
  expect((await service.get(at('fund:customerService'))).body).toMatchObject({ balance: '100000.00' });
});

test('every entry rests on a decision that is there [CS19.F21]', async () => {
  const { number } = await approved();
  const service = await api.as('customerService');
  const url = `${at('fund:customerService')}/entries`;
  const draw = { kind: 'draw', amount: '1.00' };
  expect(await refusedWith(service, url, draw)).toBe('422 bad-ledger case');
  expect(await refusedWith(service, url, { ...draw, case: number })).toBe('422 bad-ledger event');
  expect(await refusedWith(service, url, { ...draw, case: number, event: 1 })).toBe('422 bad-ledger event');
  // A form that somebody filed is no decision.
  const events = (await service.get(`/api/cases/${number}/events?limit=100`)).body['items'] as { seq: number; kind: string }[];
  const filed = events.find(({ kind }) => kind === 'submitted')?.seq;
  expect(await refusedWith(service, url, { ...draw, case: number, event: filed })).toBe('422 bad-ledger event');
  expect(await refusedWith(service, url, { ...draw, case: number, proposal: 'no such hash' })).toBe('422 bad-ledger proposal');
  expect(await refusedWith(service, url, { ...draw, case: 'CS19-2026-999999', event: 3 })).toMatch(/^404/);
  const who = await finance();
  expect(await refusedWith(who, url, { kind: 'replenish', amount: '1.00' })).toBe('422 bad-ledger decision');
  expect(await refusedWith(who, url, { kind: 'replenish', amount: '1.00', decision: { ...decision, at: '2099-01-01 00:00' } })).toBe(
    '422 bad-ledger decision.at',
  );
  expect(await refusedWith(who, url, { kind: 'deduction', amount: '1.00', decision })).toBe('422 bad-ledger kind');
});

test('an amount that is none is refused with its place and how it is written', async () => {
  const who = await finance();
  for (const amount of [
    '-1.00',
    '0',
    '0.00',
    '12345678901234567890',
    '1.005',
    'USD 100',
    '100元',
    '1e3',
    '',
    -5,
    0,
    1.005,
    '10000000000.01',
  ]) {
    const answer = await who.post(`${at('fund:customerService')}/entries`, { kind: 'replenish', amount, decision });
    expect([answer.status, answer.body['code'], fields(answer)[0]], String(amount)).toEqual([
      422,
      'bad-amount',
      { path: 'amount', message: expect.stringContaining('12300.50') },
    ]);
  }
});

test('a retention is opened, added to and released; beyond what is left it is refused with what to do', async () => {
  const who = await finance();
  const opened = await who.post('/api/accounts', { kind: 'retention', builder: '建一', building: '3号楼', amount: '15000.00', decision });
  expect(opened).toMatchObject({ status: 201, body: { id: 'retention:建一:3号楼', left: '15000.00' } });
  const url = `${at('retention:建一:3号楼')}/entries`;
  expect((await who.post(url, { kind: 'add', amount: '1000.00', decision })).body).toMatchObject({
    amount: '1000.00',
    decidedBy: '总经理',
  });
  const refused = await who.post(url, { kind: 'release', amount: '16000.01', decision }, { 'accept-language': 'en' });
  expect(refused).toMatchObject({
    status: 409,
    body: { code: 'overdraft', detail: expect.stringMatching(/16,000\.00 yuan left, 16,000\.01 asked, 0\.01 short; replenish/) },
  });
  const at16 = await Promise.all(['a', 'b', 'c'].map(() => who.post(url, { kind: 'release', amount: '16000.00', decision })));
  expect(at16.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409]);
  expect((await who.get(at('retention:建一:3号楼'))).body).toMatchObject({ balance: '0.00' });
});

test('finance lists and sums what the property company used, per period [CS19.T8]', async () => {
  const who = await finance();
  const url = at('fund:repairTeam');
  const page1 = (await who.get(`${url}/entries?limit=1`)).body;
  const page2 = (await who.get(`${url}/entries?limit=100&cursor=${String(page1['next'])}`)).body;
  const all = [...page1['items'], ...page2['items']] as { kind: string; amount: string }[];
  expect(all.at(-1)).toMatchObject({ kind: 'opening', amount: '100000.00', decision: 'document:财字[2026]1号' });
  const month = await who.get(`${url}/statement?from=2020-01-01T00:00:00%2B08:00&until=2099-01-01T00:00:00%2B08:00`);
  expect(month.body).toMatchObject({ opening: '0.00', closing: (await who.get(url)).body['balance'] });
  expect(month.body['moved'].map((m: { kind: string }) => m.kind).toSorted()).toEqual(['draw', 'opening']);
  expect((await who.get(`${url}/statement?from=2098-01-01T00:00:00%2B08:00&until=2099-01-01T00:00:00%2B08:00`)).body).toMatchObject({
    moved: [],
    opening: month.body['closing'],
  });
  expect((await who.get(`${url}/statement?from=2026-02-01T00:00:00%2B08:00&until=2026-01-01T00:00:00%2B08:00`)).status).toBe(400);
});

test('who has no role with an account does not see it; lists hold what one may see', async () => {
  const clerk = await api.as('recordsClerk');
  expect((await clerk.get('/api/accounts')).body['items']).toEqual([]);
  expect((await clerk.get(at('fund:repairTeam'))).status).toBe(404);
  expect((await clerk.get('/api/shortfalls')).status).toBe(403);
  const property = await api.as('property');
  expect((await property.get('/api/accounts')).body['items'].map((a: { kind: string }) => a.kind)).toEqual(['fund', 'fund']);
  expect((await (await finance()).get('/api/shortfalls')).body['items']).toEqual([]);
});

test('an outlet gets what its case decided, once, and spends no more than that [OUT.P6]', async () => {
  const as = (role: string) => api.withPacks(`outlet-${role}`, { 's1-outlet': [role] });
  const [manager, general, desk] = await Promise.all(['manager', 'generalManager', 'office'].map(as));
  if (manager === undefined || general === undefined || desk === undefined) throw new Error('nobody');
  const form = { outlet: 'W-7', site: '城北', staff: 2, funds: '8000.00', basis: '每月 40 单' };
  const opened = await manager.post('/api/cases', { pack: 's1-outlet', kind: 'internalOutlet', form });
  const number = String(opened.body['number']);
  const answers: [Caller, string, Record<string, unknown>][] = [
    [general, 'application.approve', { decision: 'approve', version: 1 }],
    [desk, 'staffing', { staff: 2 }],
    [manager, 'staffConfirmed', { confirmed: true }],
    [desk, 'training', { assessed: true }],
    [manager, 'fundReport', { amount: '7500.00' }],
    [desk, 'funds', { amount: '7500.00' }],
  ];
  for (const [who, name, said] of answers) {
    const answer = await who.post(`/api/cases/${number}/steps/${name}`, { form: said });
    expect(answer.status, answer.text).toBe(200);
  }
  const events = (await desk.get(`/api/cases/${number}/events?limit=100`)).body['items'] as {
    seq: number;
    kind: string;
    data: { step?: string };
  }[];
  const event = events.find((e) => e.kind === 'submitted' && e.data.step === 'funds')?.seq;
  expect((await desk.post('/api/accounts', { kind: 'outlet', outlet: 'W-7', decision })).body).toMatchObject({
    id: 'outlet:W-7',
    balance: '0.00',
  });
  await desk.post('/api/accounts', { kind: 'outlet', outlet: 'W-8', decision });
  const funds = { kind: 'funds', amount: '7500.00', case: number, event };
  expect(await refusedWith(desk, `${at('outlet:W-8')}/entries`, funds)).toBe('422 bad-ledger case');
  expect(await refusedWith(desk, `${at('outlet:W-7')}/entries`, { ...funds, amount: '7500.01' })).toBe('422 bad-ledger amount');
  expect((await desk.post(`${at('outlet:W-7')}/entries`, funds)).body).toMatchObject({
    amount: '7500.00',
    decision: `event:${event}`,
    decidedBy: 'outlet-generalManager',
  });
  expect(await refusedWith(desk, `${at('outlet:W-7')}/entries`, funds)).toBe('422 bad-ledger amount');
  expect(await refusedWith(desk, `${at('outlet:W-7')}/entries`, { kind: 'spend', amount: '7500.01', decision })).toMatch(/^409 overdraft/);
  expect((await desk.post(`${at('outlet:W-7')}/entries`, { kind: 'spend', amount: '500', decision })).status).toBe(201);
  expect((await manager.get(at('outlet:W-7'))).body).toMatchObject({ left: '7000.00' });
  expect((await (await finance()).get(at('outlet:W-7'))).status).toBe(404);
});
