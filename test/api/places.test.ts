/** Roles for one estate: who coordinates one sees, decides and is told of what lies there; who holds the role for all, everything. */
import { beforeAll, describe, expect, test } from 'vitest';
import { addEntry } from '../../db/entries.ts';
import { giveRole, rolesShown } from '../../scripts/commands/admin.ts';
import { loadRegisters } from '../../packs/registers/load.ts';
import { administrator } from './support/administrators.ts';
import { useApi, type Caller } from './support/api.ts';
import { useEngine } from './support/engine.ts';
import { openRepair, surveyForm } from './support/stories.ts';

const office = useEngine();
const api = useApi(office);
const PACK = 's3-cs19';

let admin: Caller;
let west: Caller;
let east: Caller;
let everywhere: Caller;

const place = (id: string) => ({ kind: 'estates', id });
const give = (person: string, roles: unknown[], pack = PACK) => admin.post(`/api/people/${person}/roles`, { pack, roles });
const at = (role: string, ...ids: string[]) => ({ role, places: ids.map(place) });
const numbers = (answer: { body: Record<string, any> }, key = 'number'): string[] =>
  [...new Set((answer.body['items'] as Record<string, string>[]).map((one) => one[key]!))].toSorted();

beforeAll(async () => {
  const registers = loadRegisters();
  const put = (register: string, body: Record<string, unknown>) =>
    office.db
      .transaction()
      .execute((trx) => addEntry(trx, { def: registers.get(register)!, body: body as never, person: 'setup', at: Date.now() }));
  for (const estate of ['west', 'east']) {
    await put('estates', { code: estate, name: `Estate ${estate}` });
    await put('buildings', { code: `${estate}-1`, estate });
    await put('units', { code: `${estate}-1-101`, estate, building: `${estate}-1`, builder: 'b' });
  }
  admin = await administrator(api, office.db, 'head');
  west = await api.withPacks('west-coordinator', {});
  east = await api.withPacks('east-coordinator', {});
  await give('west-coordinator', [at('customerService', 'west')]);
  await give('east-coordinator', [at('customerService', 'east')]);
  everywhere = await api.withPacks('manager', { [PACK]: ['generalManager', 'serviceManager'] });
});

const openAt = (estate: string): Promise<string> => openRepair(api, {}, { unit: `${estate}-1-101` });

describe('two estates, two coordinators', () => {
  test('each sees his own cases, by whatever route; the general manager sees all', async () => {
    const [w, e, none] = [await openAt('west'), await openAt('east'), await openRepair(api)];
    for (const [caller, own, other] of [
      [west, w, e],
      [east, e, w],
    ] as const) {
      const lists = [
        numbers(await caller.get('/api/cases?limit=100')),
        numbers(await caller.get('/api/tasks?limit=100&optional=true'), 'case'),
        numbers(await caller.get('/api/notices?limit=100'), 'case'),
      ];
      for (const list of lists) expect(list).not.toContain(other);
      expect(lists[0]).toContain(own);
      expect(lists[1]).toContain(own);
      // What has no place is for those who hold the role for all.
      expect(lists[0]).not.toContain(none);
      const csv = (await caller.get('/api/cases/export?format=csv')).text;
      expect(csv).toContain(own);
      expect(csv).not.toContain(other);
      for (const path of ['', '/events', '/next', '/documents', '/why', '/prints', '/attachments', '/deliveries']) {
        expect((await caller.get(`/api/cases/${own}${path}`)).status, path).toBe(200);
        expect((await caller.get(`/api/cases/${other}${path}`)).status, path).toBe(404);
      }
    }
    const all = numbers(await everywhere.get('/api/cases?limit=100'));
    expect(all).toEqual(expect.arrayContaining([w, e, none]));
  });

  test('each decides his own: to the other the case is absent, and past the door the desk takes the role away', async () => {
    const number = await openAt('west');
    expect((await east.post(`/api/cases/${number}/steps/survey`, { form: surveyForm })).status).toBe(404);
    const past = await office.desk.submit({
      key: `past-${number}`,
      who: { person: 'east-coordinator', roles: ['customerService'] },
      number,
      step: 'route',
      form: { department: 'engineering' },
    });
    expect(past).toMatchObject({ status: 'refused', code: 'wrong-role' });
    const sealed = await office.db.selectFrom('inbox').select('command').where('key', '=', `past-${number}`).executeTakeFirstOrThrow();
    expect(sealed.command).toMatchObject({ actor: { person: 'east-coordinator', roles: [] } });
    expect((await west.post(`/api/cases/${number}/steps/route`, { form: { department: 'engineering' } })).status).toBe(200);
  });

  test('a case is opened by whoever holds the role where it belongs', async () => {
    await api.withPacks('west-clerk', {});
    await give('west-clerk', [at('recordsClerk', 'west')]);
    const clerk = await api.withPacks('west-clerk', {});
    const open = (unit?: string) =>
      clerk.post('/api/cases', { pack: PACK, kind: 'repair', form: { channel: 'hotline', summary: 'water', ...(unit && { unit }) } });
    expect((await open('west-1-101')).status).toBe(201);
    expect(await open('east-1-101')).toMatchObject({ status: 403, body: { code: 'wrong-role' } });
    expect((await open()).status).toBe(403);
  });

  test('a task is not assigned to somebody of another estate', async () => {
    const number = await openAt('west');
    const next = (await west.get(`/api/cases/${number}/next`)).body['items'] as { task: { id: string } | null; step: string }[];
    const task = next.find((one) => one.task !== null)?.task?.id;
    const assign = (person: string) => everywhere.post(`/api/cases/${number}/assign`, { form: { task, person } });
    expect(await assign('east-coordinator')).toMatchObject({ status: 422, body: { errors: [{ path: 'person' }] } });
    expect((await assign('west-coordinator')).status).toBe(200);
  });
});

describe('accounts', () => {
  const decision = { reference: 'F-1', by: 'board', at: '2026-01-05 09:00', reason: '3.6' };
  const ids = async (who: Caller): Promise<string[]> =>
    ((await who.get('/api/accounts?limit=100')).body['items'] as { id: string }[]).map(({ id }) => id).toSorted();
  const reads = async (who: Caller, id: string): Promise<number[]> => {
    const account = `/api/accounts/${encodeURIComponent(id)}`;
    const paths = ['', '/entries', '/statement?from=2026-01-01%2000:00&until=2026-12-31%2024:00'];
    return Promise.all(paths.map(async (path) => (await who.get(account + path)).status));
  };

  test('belong to a building and its estate, to an outlet, or to the company: that is for roles held for all places', async () => {
    const finance = await api.withPacks('finance-of-all', { [PACK]: ['finance'] });
    for (const code of ['O-1', 'O-2'])
      await office.db.transaction().execute((trx) => addEntry(trx, { def: loadRegisters().get('outlets')!, body: { code, name: code, kind: 'internal', region: 'r', roster: [] }, person: 'setup', at: Date.now() })); // prettier-ignore
    const office1 = await api.withPacks('office-of-all', { 's1-outlet': ['office', 'generalManager'] });
    for (const building of ['west-1', 'east-1'])
      expect((await finance.post('/api/accounts', { kind: 'retention', builder: 'b', building, amount: '100.00', decision })).status).toBe(
        201,
      );
    expect((await finance.post('/api/accounts', { kind: 'fund', fund: 'repairTeam', decision })).status).toBe(201);
    for (const outlet of ['O-1', 'O-2'])
      expect((await office1.post('/api/accounts', { kind: 'outlet', outlet, decision })).status).toBe(201);

    const local = await api.withPacks('west-finance', {});
    await give('west-finance', [at('finance', 'west')]);
    const one = await api.withPacks('outlet-manager', {});
    await give('outlet-manager', [{ role: 'manager', places: [{ kind: 'outlets', id: 'O-1' }] }], 's1-outlet');
    expect(await ids(finance)).toEqual(['fund:repairTeam', 'repair-cost', 'retention:b:east-1', 'retention:b:west-1']);
    expect(await ids(local)).toEqual(['retention:b:west-1']);
    expect(await ids(one)).toEqual(['outlet:O-1']);
    expect(await ids(office1)).toEqual(['outlet:O-1', 'outlet:O-2']);
    expect(await reads(local, 'retention:b:west-1')).toEqual([200, 200, 200]);
    for (const id of ['retention:b:east-1', 'fund:repairTeam', 'repair-cost', 'outlet:O-1'])
      expect(await reads(local, id), id).toEqual([404, 404, 404]);
    expect(await reads(one, 'outlet:O-2')).toEqual([404, 404, 404]);

    // To open and to enter as well, and of another place nobody learns whether there is one already.
    const open = (building: string) => local.post('/api/accounts', { kind: 'retention', builder: 'b', building, amount: '1.00', decision });
    const [there, none] = [await open('east-1'), await open('east-2')];
    expect([there.status, none.status, there.body['code'], none.body['code']]).toEqual([403, 403, 'not-allowed', 'not-allowed']);
    expect((await open('west-1')).body['code']).toBe('account-taken');
    const add = (id: string) => local.post(`/api/accounts/${encodeURIComponent(id)}/entries`, { kind: 'add', amount: '1.00', decision });
    expect([(await add('retention:b:west-1')).status, (await add('retention:b:east-1')).status]).toEqual([201, 404]);

    await office.db.insertInto('ledger_shortfall').values(['west-1', 'east-1'].map((building) => ({ account: `retention:b:${building}`, amount: 5, borne_by: 'company', case_number: `C-${building}`, effect: 'short' }))).execute(); // prettier-ignore
    const short = async (who: Caller) => ((await who.get('/api/shortfalls')).body['items'] as { account: string }[]).map(({ account }) => account).toSorted(); // prettier-ignore
    expect(await short(finance)).toEqual(['retention:b:east-1', 'retention:b:west-1']);
    expect(await short(local)).toEqual(['retention:b:west-1']);

    // What is left in the company's fund is explained to whoever sees the fund.
    const number = await openAt('west');
    expect((await west.post(`/api/cases/${number}/steps/survey`, { form: surveyForm })).status).toBe(200);
    const funds = async (who: Caller) => ((await who.get(`/api/cases/${number}/why`)).body['money'] as { what: string }[]).filter(({ what }) => what === 'fund'); // prettier-ignore
    expect([(await funds(everywhere)).length, (await funds(west)).length]).toEqual([1, 0]);
  });
});

describe('who is told', () => {
  const told = async (number: string): Promise<string[]> => {
    const rows = await office.db
      .selectFrom('outbox')
      .select('persons')
      .where('case_number', '=', number)
      .where('kind', '=', 'nudged')
      .where('recipient', '=', 'customerService')
      .execute();
    return [...new Set(rows.flatMap(({ persons }) => persons ?? []))].toSorted();
  };
  const nudged = async (estate: string): Promise<string> => {
    const number = await openAt(estate);
    const next = (await everywhere.get(`/api/cases/${number}/next`)).body['items'] as { task: { id: string } | null; by: string[] }[];
    const task = next.find((one) => one.task !== null && one.by.includes('customerService'))?.task?.id;
    const answer = await everywhere.post(`/api/cases/${number}/nudge`, { form: { task, from: 'coordinator' } });
    if (answer.status !== 200) throw new Error(answer.text);
    return number;
  };

  test('the holders for the place; without one those for all; without those the overseers', async () => {
    await api.withPacks('north-of-all', {});
    expect(await told(await nudged('west'))).toEqual(['west-coordinator']);
    await give('west-coordinator', []);
    expect(await told(await nudged('west'))).toEqual(['manager']);
    await give('north-of-all', ['customerService']);
    const number = await nudged('west');
    expect(await told(number)).toEqual(['north-of-all']);
    await give('west-coordinator', [at('customerService', 'west')]);
    const after = await nudged('west');
    const all = await api.withPacks('north-of-all', {});
    // In the application as well: who holds it for all is not told of what somebody there is told of.
    const nudges = async (caller: Caller): Promise<string[]> => {
      const items = (await caller.get('/api/notices?limit=100')).body['items'] as Record<string, string>[];
      return items.filter(({ kind, recipient }) => kind === 'nudged' && recipient === 'customerService').map((one) => one['case']!);
    };
    expect(await nudges(west)).toContain(after);
    expect(await nudges(all)).not.toContain(after);
    await give('north-of-all', []);
  });
});

test('who moves to another estate loses the case at once, also what he acted in, and gains the others', async () => {
  const [w, e] = [await openAt('west'), await openAt('east')];
  expect((await west.post(`/api/cases/${w}/steps/route`, { form: { department: 'engineering' } })).status).toBe(200);
  await give('west-coordinator', [at('customerService', 'east')]);
  expect((await west.get(`/api/cases/${w}`)).status).toBe(404);
  expect(numbers(await west.get('/api/cases?limit=100'))).not.toContain(w);
  expect((await west.get(`/api/cases/${e}`)).status).toBe(200);
  expect((await west.get('/api/me')).body['only']).toEqual([{ pack: PACK, role: 'customerService', places: ['estates/east'] }]);
  await give('west-coordinator', [at('customerService', 'west')]);
});

test('a home that is entered after its case brings the case to its estate', async () => {
  const number = await openRepair(api, {}, { unit: 'west-2-201' });
  expect((await west.get(`/api/cases/${number}`)).status).toBe(404);
  const clerk = await api.as('recordsClerk');
  const body = { code: 'west-2-201', estate: 'west', building: 'west-2', builder: 'b' };
  expect((await clerk.post('/api/registers/units/entries', { body })).status).toBe(201);
  expect((await west.get(`/api/cases/${number}`)).status).toBe(200);
  expect((await east.get(`/api/cases/${number}`)).status).toBe(404);
});

test('entries that name a place are of those who hold a role there; what names none is common', async () => {
  const of = '/api/registers/customers/entries';
  const clerk = await api.as('recordsClerk');
  for (const [code, unit] of [
    ['C-west', 'west-1-101'],
    ['C-east', 'east-1-101'],
    ['C-none', undefined],
  ] as const) {
    const answer = await clerk.post(of, { body: { code, name: `Customer ${code}`, ...(unit && { unit }) } });
    expect(answer.status, answer.text).toBe(201);
  }
  const lists = [`${of}?limit=100`, `${of}?q=Customer`, '/api/registers/customers/export?format=csv'];
  for (const path of lists) {
    const { text } = await west.get(path);
    expect([text.includes('C-west'), text.includes('C-east'), text.includes('C-none')], path).toEqual([true, false, true]);
  }
  for (const path of ['', '/history', '/named-by', '/prints/customer-file', '/labels']) {
    expect((await west.get(`${of}/C-west${path}`)).status, path).toBe(200);
    expect((await west.get(`${of}/C-east${path}`)).status, path).toBe(404);
  }
  // Nobody writes down what they would not see, nor moves it away.
  const written = await west.post(of, { body: { code: 'C-2', name: 'Two', unit: 'east-1-101' } });
  expect(written).toMatchObject({ status: 403, body: { code: 'not-allowed' } });
  expect((await east.get(`${of}/C-2`)).status).toBe(404);
  const moved = { body: { code: 'C-west', name: 'Customer C-west', unit: 'east-1-101' }, reason: 'moved' };
  expect((await west.send('PUT', `${of}/C-west`, moved, { 'if-match': '"1"' })).status).toBe(403);
  expect((await clerk.send('PUT', `${of}/C-west`, moved, { 'if-match': '"1"' })).status).toBe(200);
  expect((await west.get(`${of}/C-west`)).status).toBe(404);
});

test('a file enters and changes only what is of the place, and tells nothing of the rest', async () => {
  const of = '/api/registers/customers';
  const clerk = await api.as('recordsClerk');
  for (const [code, unit, licence] of [
    ['F-west', 'west-1-101', 'L-west'],
    ['F-east', 'east-1-101', 'L-east'],
  ] as const) {
    expect(
      (await clerk.post(`${of}/entries`, { body: { code, name: code, unit, licence, licenceScope: 'x', licenceUntil: '2030-01-01' } }))
        .status,
    ).toBe(201);
  }
  const headings = '客户编号,名称,房号,经营资质编号,经营范围,资质有效期至';
  const put = (query: string, lines: readonly string[]) =>
    west.post(`${of}/imports${query}`, Buffer.from([headings, ...lines.map((line) => `${line},x,2030-01-01`)].join('\n')), {
      'content-type': 'text/csv',
    });
  const said = ({ body }: { body: Record<string, any> }): string[] =>
    (body['faults'] as { faults: { what: { en: string } }[] }[]).flatMap(({ faults }) => faults.map((fault) => fault.what.en));
  const what = 'is not yours to enter';
  // As the other estate has it; and keys, one of there and one of here.
  const asked = await put('?dryRun=true', ['F-east,F-east,east-1-101,L-east', 'F-west-4,four,west-1-101,L-west']);
  expect(said(asked)).toEqual([what, 'is that of entry F-west already']);
  const lines = [
    'F-west,new name,west-1-101,L-west',
    'F-east,new name,west-1-101,L-none', // Of the other estate, brought here.
    'F-west-2,two,east-1-101,L-two', // A new one there.
    'F-west-3,three,west-1-101,L-east', // A key that one there has.
    'F-west-5,five,west-1-101,L-five',
  ];
  for (const query of ['?dryRun=true', '']) {
    const answer = await put(query, lines);
    expect(answer.body, answer.text).toMatchObject({ new: 1, changed: 1, same: 0, bad: 3 });
    expect(said(answer)).toEqual([what, what, what]);
    expect(answer.text).not.toContain('F-east');
  }
  const kept = (await clerk.get(`${of}/entries/F-east`)).body;
  expect(kept).toMatchObject({ version: 1, body: { name: 'F-east' } });
  expect((await clerk.get(`${of}/entries/F-west-2`)).status).toBe(404);
  expect((await clerk.get(`${of}/entries/F-west`)).body).toMatchObject({ version: 2, body: { name: 'new name' } });
});

test('administrators give roles for places that the registers know; the journal says where', async () => {
  expect((await give('west-coordinator', [at('customerService', 'nowhere')])).status).toBe(400);
  const listed = ((await admin.get('/api/people?limit=100')).body['items'] as { person: string; only: unknown }[]).find(
    (p) => p.person === 'west-coordinator',
  );
  expect(listed?.only).toEqual([{ pack: PACK, role: 'customerService', places: ['estates/west'] }]);
  const bodies = await office.db.selectFrom('journal').select('body').where('chain', 'like', 'people:%').execute();
  expect(bodies.some(({ body }) => body.includes('customerService@estates/west'))).toBe(true);
  await giveRole(office.db, 'east-coordinator', `${PACK}:property@estates/east`);
  const given = await office.db.selectFrom('journal').select('body').where('person', '=', 'command-line').execute();
  expect(given.map(({ body }) => JSON.parse(body) as object)).toMatchObject([{ roles: 'property@estates/east', alone: 'command line' }]);
  expect(await rolesShown(office.db, 'east-coordinator')).toEqual([
    `${PACK}:customerService@estates/east`,
    `${PACK}:property@estates/east`,
  ]);
  await expect(giveRole(office.db, 'east-coordinator', `${PACK}:property@estates/nowhere`)).rejects.toThrow('enter it first');
  await expect(giveRole(office.db, 'east-coordinator', `${PACK}:king`)).rejects.toThrow('has no role king');
});
