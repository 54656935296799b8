/** Secrecy labels: whoever is cleared below what a record carries finds nothing of it, whatever way they look. */
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ServerResponse } from 'node:http';
import { Stream } from '../../api/live/stream.ts';
import { addEntry } from '../../db/entries.ts';
import { casesByNumber } from '../../db/read/cases.ts';
import { identityOf } from '../../db/read/identity.ts';
import { loadSecrecy } from '../../packs/secrecy/load.ts';
import { loadRegisters } from '../../packs/registers/load.ts';
import { textOf } from '../support/pdf-text.ts';
import { administrator } from './support/administrators.ts';
import { useApi, type Answer, type Caller } from './support/api.ts';
import { useEngine } from './support/engine.ts';
import { sendFiles } from './support/multipart.ts';
import { openRepair, step, surveyForm } from './support/stories.ts';

const office = useEngine();
const api = useApi(office);

/** Cleared up to internal, sensitive, secret and top secret. */
let clerk: Caller;
let service: Caller;
let manager: Caller;
let general: Caller;
let admin: Caller;

beforeAll(async () => {
  clerk = await api.as('recordsClerk');
  service = await api.as('customerService');
  manager = await api.as('serviceManager');
  general = await api.as('generalManager');
  admin = await administrator(api, office.db, 'head');
});

const label = (by: Caller, number: string, body: Record<string, unknown>): Promise<Answer> => by.post(`/api/cases/${number}/labels`, body);
const must = (answer: Answer): Record<string, any> => {
  if (answer.status >= 300) throw new Error(answer.text);
  return answer.body;
};
const shows = async (caller: Caller, path: string, what: string): Promise<boolean> => (await caller.get(path)).text.includes(what);

async function attach(by: Caller, path: string): Promise<{ id: string; hash: string }> {
  const bytes = Buffer.from(`words of ${path} ${Math.random()}`);
  must(await sendFiles(by, [{ bytes, name: 'paper.txt', type: 'text/plain' }]));
  const hash = createHash('sha256').update(bytes).digest('hex');
  return { id: String(must(await by.post(path, { file: hash }))['id']), hash };
}

describe('a case', () => {
  test('that is raised is absent for whoever is cleared below it, and is left out of every list', async () => {
    const number = await openRepair(api);
    const { hash } = await attach(service, `/api/cases/${number}/attachments`);
    const document = String((await clerk.get(`/api/cases/${number}/documents`)).body['items'][0].hash);
    const ones = ['', '/events', '/next', '/documents', `/documents/${document}`, '/why', '/prints', '/prints/dossier', '/attachments', '/labels', '/deliveries'].map((path) => `/api/cases/${number}${path}`); // prettier-ignore
    const lists = ['/api/cases?limit=100', `/api/cases?prefix=${number}`, '/api/cases/export?format=csv', '/api/tasks?limit=100&optional=true', '/api/tasks/export?format=csv', '/api/notices?limit=100&all=true', '/api/views/calls?limit=100']; // prettier-ignore
    const before = { ones: [] as string[], lists: [] as string[] };
    for (const path of [...ones, `/api/files/${hash}`]) if ((await clerk.get(path)).status === 200) before.ones.push(path);
    for (const path of lists) if (await shows(clerk, path, number)) before.lists.push(path);
    // Whatever the clerk could see is asked for again.
    expect(before.ones.length).toBeGreaterThanOrEqual(10);
    expect(before.lists.length).toBeGreaterThanOrEqual(4);

    expect(must(await label(clerk, number, { label: 'secret' }))).toMatchObject({ from: 'internal', to: 'secret', decision: 'approve' });
    for (const path of before.ones) expect((await clerk.get(path)).status, path).toBe(404);
    for (const path of before.lists) expect(await shows(clerk, path, number), path).toBe(false);
    // Who sent the file is cleared below what it hangs on now.
    expect((await service.get(`/api/files/${hash}`)).status).toBe(404);
    expect((await manager.get(`/api/files/${hash}`)).status).toBe(200);
    // Sensitive is below secret.
    expect((await service.get(`/api/cases/${number}`)).status).toBe(404);
    expect((await service.post(`/api/cases/${number}/steps/survey`, { form: {} })).status).toBe(404);
    expect((await manager.get(`/api/cases/${number}`)).status).toBe(200);
    expect(await shows(manager, '/api/cases?limit=100', number)).toBe(true);
  });

  test('is lowered with a reason by two persons; what came of it stands in the journal', async () => {
    const number = await openRepair(api);
    must(await label(manager, number, { label: 'secret' }));
    expect((await label(manager, number, { label: 'internal' })).body['code']).toBe('reason-missing');
    expect((await label(manager, number, { label: 'whisper', reason: 'x' })).status).toBe(400);
    const asked = must(await label(manager, number, { label: 'internal', reason: 'no longer needed' }));
    expect(asked).toMatchObject({ from: 'secret', to: 'internal', decision: null });
    const decide = (by: Caller, decision: string) => by.post(`/api/cases/${number}/labels/${asked['id']}`, { decision });
    expect((await clerk.get(`/api/cases/${number}`)).status).toBe(404);
    expect((await decide(manager, 'approve')).body['code']).toBe('contributor-cannot-approve');
    expect((await decide(clerk, 'approve')).status).toBe(404);
    expect(must(await decide(general, 'approve'))).toMatchObject({ decision: 'approve', decidedBy: 'generalManager' });
    expect((await clerk.get(`/api/cases/${number}`)).status).toBe(200);
    expect((await decide(general, 'reject')).body['code']).toBe('already-decided');
    expect(must(await clerk.get(`/api/cases/${number}/labels`))).toMatchObject({
      label: 'internal',
      changes: [{ to: 'secret' }, { to: 'internal' }],
    });
    const journal = await office.db.selectFrom('journal').select('body').where('chain', 'like', 'label:%').execute();
    const said = journal.map(({ body }) => JSON.parse(body) as Record<string, unknown>).filter(({ record }) => record === number);
    expect(said.map(({ person, became }) => [person, became])).toEqual([['serviceManager', 'approve'], ['serviceManager', 'asked'], ['generalManager', 'approve']]); // prettier-ignore
  });

  test('is read by a person who was cleared for it, whatever their role, from that moment', async () => {
    const number = await openRepair(api);
    must(await label(manager, number, { label: 'secret' }));
    const clear = (to: string | null) => admin.post('/api/people/recordsClerk/clearance', { label: to });
    expect((await clear('whisper')).status).toBe(400);
    must(await clear('secret'));
    expect((await clerk.get(`/api/cases/${number}`)).status).toBe(200);
    must(await clear(null));
    expect((await clerk.get(`/api/cases/${number}`)).status).toBe(404);
  });

  test('has forms and attachments more secret than itself: they, what shows them, and its papers are left out', async () => {
    const number = await openRepair(api);
    const one = await attach(manager, `/api/cases/${number}/attachments`);
    must(await label(manager, number, { label: 'secret', attachment: one.id }));
    expect((await clerk.get(`/api/files/${one.hash}`)).status).toBe(404);
    expect((await clerk.get(`/api/cases/${number}/attachments`)).body['items']).toEqual([]);
    expect((await general.get(`/api/files/${one.hash}`)).status).toBe(200);

    const hash = String((await clerk.get(`/api/cases/${number}/documents`)).body['items'][0].hash);
    const views = '/api/views/calls?limit=100';
    const cells = async (caller: Caller): Promise<unknown> =>
      ((await caller.get(views)).body['items'] as { number: string; cells: object }[]).find((row) => row.number === number)?.cells;
    must(await label(manager, number, { label: 'secret', document: hash }));
    expect((await clerk.get(`/api/cases/${number}`)).status).toBe(200);
    expect((await clerk.get(`/api/cases/${number}/documents/${hash}`)).status).toBe(404);
    expect((await clerk.get(`/api/cases/${number}/documents`)).body['items']).toEqual([]);
    expect((await manager.get(`/api/cases/${number}/documents/${hash}`)).status).toBe(200);
    expect((await clerk.get(`/api/cases/${number}/prints`)).body).toEqual({ items: [], issued: [] });
    // What was filled in does not stand in the timeline, nor in its file.
    const facts = async (by: Caller): Promise<object> => (await by.get(`/api/cases/${number}/events`)).body['items'][0].data.facts;
    expect(await facts(clerk)).toEqual({});
    const [some] = Object.entries(await facts(manager)).filter(([, value]) => typeof value === 'string');
    expect(some).toBeDefined();
    const inFile = async (by: Caller): Promise<boolean> =>
      shows(by, `/api/cases/${number}/events/export?format=csv`, `""${some![0]}"":""${String(some![1])}""`);
    expect([await inFile(manager), await inFile(clerk)]).toEqual([true, false]);
    expect(await cells(clerk)).not.toEqual(await cells(manager));
    // Of what they do not read they hear no change either, and change nothing.
    expect((await clerk.get(`/api/cases/${number}/labels`)).body['changes']).toEqual([]);
    expect((await label(clerk, number, { label: 'topSecret', document: hash })).status).toBe(404);
    expect((await label(clerk, number, { label: 'topSecret', attachment: one.id })).status).toBe(404);
  });
});

describe('what stands in a form above the reader’s label', () => {
  test('stands nowhere in the case for them: state, reasons, timeline, decisions, lists, changes as they happen', async () => {
    const unit = `U-hidden-${Date.now()}`;
    const number = await openRepair(api, {}, { unit, provisionalEstimate: '611.37' });
    await step(api, number, 'customerService', 'survey', { ...surveyForm, estimate: '734.56' });
    await step(api, number, 'serviceManager', 'estimate.approve', { decision: 'approve', version: 1 });
    const at = `/api/cases/${number}`;
    const clocks = (must(await manager.get(at))['clocks'] as { id: string }[]).map(
      ({ id }) => `${at}/clocks/${encodeURIComponent(id)}/why`,
    );
    const ones = ['', '/why', '/why?lang=en', '/next', '/events?limit=100', '/timeline?limit=100', '/events/export?format=csv', '/decisions?limit=100', '/documents', '/goods', '/prints', '/deliveries'].map((path) => at + path); // prettier-ignore
    const lists = ['/api/cases?limit=100', '/api/cases/export?format=csv', '/api/tasks?limit=100&optional=true', '/api/notices?limit=100&all=true', '/api/views/calls?limit=100']; // prettier-ignore
    const everything = async (by: Caller): Promise<string> =>
      (await Promise.all([...ones, ...clocks, ...lists].map(async (path) => (await by.get(path)).text))).join('\n');
    const said = [unit, '734.56', '73456', '61137', '"trades"', 'approvedEstimate', 'signers":["customerService"'];
    const found = async (by: Caller): Promise<string[]> => {
      const text = await everything(by);
      return said.filter((one) => text.includes(one));
    };
    expect(await found(clerk)).toEqual(said);
    /** What a follower of changes is told of it. */
    const live = async (person: string): Promise<string> => {
      const told: string[] = [];
      const out = { write: (text: string) => told.push(text), writableLength: 0 } as unknown as ServerResponse;
      const reader = { ...(await identityOf(office.db, person, Date.now()))!, secrecy: loadSecrecy() };
      new Stream(out, { reader, since: new Date(0), onMissed: () => undefined, onStale: () => undefined }).changed(
        await casesByNumber(office.db, [number]),
      );
      return told.join('');
    };

    const [opening, sheet] = (must(await manager.get(`${at}/documents`))['items'] as { hash: string }[]).map(({ hash }) => hash);
    must(await label(manager, number, { label: 'secret', document: sheet }));
    expect(await found(clerk)).toEqual([unit, '61137']);
    must(await label(manager, number, { label: 'secret', document: opening }));
    expect(await found(clerk)).toEqual([]);
    expect(await found(manager)).toEqual(said);
    // What it allows on an account is held against it as it is, and not told.
    const decision = { reference: 'F-1', by: 'board', at: '2026-01-05 09:00', reason: '3.6' };
    must(await (await api.as('finance')).post('/api/accounts', { kind: 'fund', fund: 'customerService', decision }));
    const proposal = must(await service.get(at))['proposals'][0].hash;
    const draw = (by: Caller) =>
      by.post('/api/accounts/fund%3AcustomerService/entries', { kind: 'draw', amount: '5000.00', case: number, proposal });
    const refused = await draw(service);
    expect([refused.status, refused.body['errors'].map((one: { path: string }) => one.path)]).toEqual([422, ['amount']]);
    expect(refused.text).not.toMatch(/[0-9]\.[0-9]{2}/);
    expect(await live('serviceManager')).toContain(unit);
    expect(await live('recordsClerk')).toContain(number);
    expect(await live('recordsClerk')).not.toContain(unit);

    // That it was done stands: which steps are withheld, who may do what now, who has decided.
    const seen = must(await clerk.get(at));
    expect(seen).toMatchObject({ withheld: ['open', 'survey'], known: {}, unit: null, stage: 'repair' });
    expect(Object.keys(seen['answers'])).not.toContain('survey');
    expect(seen['decisions']).toEqual([expect.objectContaining({ meaning: 'approved', record: { hash: null, matches: true } })]);
    expect(must(await manager.get(at))['withheld']).toEqual([]);
    const timeline = must(await clerk.get(`${at}/events?limit=100`))['items'] as { withheld: boolean; hash: string | null }[];
    expect(timeline.some(({ withheld }) => !withheld)).toBe(true);
    // No link of the chain, by which what is withheld could be guessed at.
    expect(timeline.every(({ hash }) => hash === null)).toBe(true);
  });

  test('is not told by an account: the entry bears its amount, not the case of which it is', async () => {
    const number = await openRepair(api);
    await office.db.insertInto('ledger_account').values({ id: 'retention:b:labels', kind: 'retention', owner: 'b', floor: 0 }).execute();
    await office.db.insertInto('ledger_entry').values({ account: 'retention:b:labels', amount: 4_321, case_number: number, effect: 'x', kind: 'add' }).execute(); // prettier-ignore
    const names = async (by: Caller): Promise<unknown> =>
      (must(await by.get('/api/accounts/retention%3Ab%3Alabels/entries'))['items'] as { amount: string; case: string | null }[]).map((one) => [one.amount, one.case]); // prettier-ignore
    expect(await names(service)).toEqual([['43.21', number]]);
    const hash = String((await manager.get(`/api/cases/${number}/documents`)).body['items'][0].hash);
    must(await label(manager, number, { label: 'secret', document: hash }));
    expect(await names(service)).toEqual([['43.21', null]]);
    expect(await names(manager)).toEqual([['43.21', number]]);
  });

  test('is not told by what finds the case', async () => {
    const [desk, head] = await Promise.all([api.withPacks('std-desk', { 's3-std': ['customerService'] }), api.withPacks('std-head', { 's3-std': ['generalManager'] })]); // prettier-ignore
    const order = `PO-${Date.now()}`;
    const opened = must(await desk.post('/api/cases', { pack: 's3-std', kind: 'inquiry', form: { order, summary: 'asks' } }));
    const number = String(opened['number']);
    const finds = (by: Caller): Promise<boolean> => shows(by, `/api/cases?order=${order}&limit=100`, number);
    expect(await finds(desk)).toBe(true);
    const hash = String((await head.get(`/api/cases/${number}/documents`)).body['items'][0].hash);
    must(await label(head, number, { label: 'secret', document: hash }));
    expect([await finds(desk), await finds(head)]).toEqual([false, true]);
    expect((await desk.get(`/api/cases/${number}`)).status).toBe(200);
  });

  test('is not told by the register in which the case stands', async () => {
    const number = await openRepair(api, {}, { phase: 'inspection' });
    const stands = (by: Caller): Promise<boolean> => shows(by, '/api/views/hand-over?limit=100', number);
    expect(await stands(clerk)).toBe(true);
    const hash = String((await manager.get(`/api/cases/${number}/documents`)).body['items'][0].hash);
    must(await label(manager, number, { label: 'secret', document: hash }));
    expect([await stands(clerk), await stands(manager)]).toEqual([false, true]);
  });
});

describe('the label of a record', () => {
  test('is shown to whoever reads it: case, lists, forms, attachments, entries', async () => {
    const number = await openRepair(api);
    const { id } = await attach(manager, `/api/cases/${number}/attachments`);
    const ofAttachment = async (): Promise<unknown> => must(await manager.get(`/api/cases/${number}/attachments`))['items'][0].secrecy;
    const ofForm = async (): Promise<unknown> => must(await manager.get(`/api/cases/${number}/documents`))['items'][0].secrecy;
    const ofCase = async (): Promise<unknown> => must(await manager.get(`/api/cases/${number}`))['secrecy'];
    const internal = { id: 'internal', zh: '内部', en: 'internal' };
    expect([await ofCase(), await ofForm(), await ofAttachment()]).toEqual([internal, internal, internal]);
    must(await label(manager, number, { label: 'secret', attachment: id }));
    expect([await ofCase(), await ofForm(), await ofAttachment()]).toMatchObject([internal, internal, { id: 'secret', zh: '秘密' }]);
    must(await label(manager, number, { label: 'sensitive' }));
    expect([await ofCase(), await ofForm(), await ofAttachment()]).toMatchObject([
      { id: 'sensitive' },
      { id: 'sensitive' },
      { id: 'secret' },
    ]);
    const rows = must(await manager.get(`/api/cases?limit=100`))['items'] as { number: string; secrecy: unknown }[];
    expect(rows.find((row) => row.number === number)?.secrecy).toMatchObject({ id: 'sensitive', zh: '敏感' });
    expect((await manager.get(`/api/cases/export?format=csv&q=${number}`)).text).toMatch(/敏感/);

    const code = `KH-l-${Date.now()}`;
    const of = '/api/registers/customers/entries';
    must(await service.post(of, { body: { code, name: `Label ${code}`, kind: 'end' } }));
    must(await service.post(`${of}/${code}/labels`, { label: 'sensitive' }));
    expect(must(await service.get(`${of}/${code}`))['secrecy']).toMatchObject({ id: 'sensitive', en: 'sensitive' });
    expect(must(await service.get(`${of}?q=${code}`))['items'][0].secrecy).toMatchObject({ id: 'sensitive' });
  });
});

describe('a paper', () => {
  test('bears the label at the head of every page, the highest of what it shows', async () => {
    const number = await openRepair(api);
    const print = async (): Promise<Answer> => {
      const [first] = (await manager.get(`/api/cases/${number}/prints`)).body['items'] as { print: string }[];
      return manager.get(`/api/cases/${number}/prints/${first!.print}`);
    };
    const heads = async (): Promise<string[]> => (await textOf((await print()).raw)).match(/密级：\S+/g) ?? [];
    expect(new Set(await heads())).toEqual(new Set(['密级：内部']));
    const hash = String((await manager.get(`/api/cases/${number}/documents`)).body['items'][0].hash);
    must(await label(manager, number, { label: 'secret', document: hash }));
    expect(new Set(await heads())).toEqual(new Set(['密级：秘密']));
  });
});

describe('an entry of a register', () => {
  test('that is raised is absent for whoever is cleared below it, and is left out of every list', async () => {
    const code = `KH-${Date.now()}`;
    const of = '/api/registers/customers/entries';
    must(await clerk.post(of, { body: { code, name: `Secret ${code}`, kind: 'end' } }));
    must(await clerk.post('/api/registers/customerPapers/entries', { body: { customer: code, kind: 'contract', checked: true } }));
    const { hash } = await attach(service, `${of}/${code}/attachments`);
    const ones = ['', '/history', '/named-by', '/attachments', '/prints/customer-file', '/labels'].map((path) => `${of}/${code}${path}`);
    const lists = [`${of}?limit=100`, `${of}?q=${code}`, '/api/registers/customers/export?format=csv'];
    for (const path of [...ones, `/api/files/${hash}`]) expect((await clerk.get(path)).status, path).toBe(200);
    for (const path of lists) expect(await shows(clerk, path, code), path).toBe(true);

    // Who may not write in the register does not label in it.
    expect((await manager.post(`${of}/${code}/labels`, { label: 'secret' })).status).toBe(403);
    must(await clerk.post(`${of}/${code}/labels`, { label: 'sensitive' }));
    for (const path of [...ones, `/api/files/${hash}`]) {
      expect((await clerk.get(path)).status, path).toBe(404);
    }
    for (const path of lists) expect(await shows(clerk, path, code), path).toBe(false);
    const papers = (await clerk.get('/api/registers/customerPapers/entries?limit=100')).body['items'] as { id: string }[];
    expect(papers.length).toBeGreaterThan(0);
    expect((await service.get(`${of}/${code}`)).status).toBe(200);
    expect(await textOf((await service.get(`${of}/${code}/prints/customer-file`)).raw)).toContain('密级：敏感');
    const change = await clerk.send('PUT', `${of}/${code}`, { body: { code, name: 'other' }, reason: 'a try' }, { 'if-match': '"1"' });
    expect(change.status).toBe(404);
  });

  test('that is raised is told of, published and drawn on no more', async () => {
    const code = `KH-n-${Date.now()}`;
    const of = '/api/registers/customers/entries';
    must(await clerk.post(of, { body: { code, name: `Told ${code}`, kind: 'end' } }));
    must(await service.post(`${of}/${code}/passes`, { pack: 's3-cs19', role: 'recordsClerk', reason: 'yours' }));
    const notices = '/api/notices?limit=100';
    expect(await shows(clerk, notices, code)).toBe(true);
    must(await clerk.post(`${of}/${code}/labels`, { label: 'sensitive' }));
    expect(await shows(clerk, notices, code)).toBe(false);

    const unit = `U-${Date.now()}`;
    await office.db.transaction().execute((trx) => addEntry(trx, { def: loadRegisters().get('units')!, body: { code: unit, estate: 'x', building: 'x-1', builder: 'b' }, person: 'setup', at: Date.now() })); // prettier-ignore
    const number = await openRepair(api, {}, { unit });
    const known = async (by: Caller): Promise<boolean> => (await by.get(`/api/cases/${number}/goods`)).body['unit'].known;
    expect(await known(clerk)).toBe(true);
    await office.db.updateTable('entry').set({ label: 'secret' }).where('id', '=', unit).execute();
    expect([await known(clerk), await known(manager)]).toEqual([false, true]);

    const defect = { defect: `late ${code}`, foundOn: '2026-03-01', measure: 'call first', public: true };
    const def = { ...loadRegisters().get('serviceDefects')!, review: undefined } as never;
    const { id } = await office.db.transaction().execute((trx) => addEntry(trx, { def, body: defect, person: 'setup', at: Date.now() }));
    const published = '/api/public/service-defects?limit=100';
    expect(await shows(api.anybody, published, id)).toBe(true);
    await office.db.updateTable('entry').set({ label: 'internal' }).where('id', '=', id).execute();
    expect(await shows(api.anybody, published, id)).toBe(false);
  });

  test('that is raised is to whoever does not see it as if there were none: named, looked for, imported; of its key only that it cannot be used', async () => {
    const [code, none] = [`KH-h-${Date.now()}`, `KH-n-${Date.now()}`];
    const licensed = { licence: `L-${Date.now()}`, licenceScope: 'II', licenceUntil: '2030-01-01' };
    const [customers, papers] = ['/api/registers/customers', '/api/registers/customerPapers'];
    must(await service.post(`${customers}/entries`, { body: { code, name: `Hidden ${code}`, kind: 'end', ...licensed } }));
    const paper = async (by: Caller, customer: string): Promise<Answer> =>
      by.post(`${papers}/entries`, { body: { customer, kind: 'contract', checked: true } });
    const named = String(must(await paper(clerk, code))['id']);
    must(await service.post(`${customers}/entries/${code}/labels`, { label: 'sensitive' }));

    const same = (one: Answer, other: Answer): void => {
      const bare = ({ status, text }: Answer): string =>
        `${status} ${text
          .replaceAll(code, 'X')
          .replaceAll(none, 'X')
          .replace(/"traceId":"[^"]*"/, '')}`;
      expect(bare(one)).toBe(bare(other));
    };
    const [hidden, absent] = [await paper(clerk, code), await paper(clerk, none)];
    same(hidden, absent);
    expect(hidden.status).toBe(422);
    expect((await paper(service, code)).status).toBe(201);
    // What names it already goes on naming it.
    const again = { body: { customer: code, kind: 'contract', checked: false }, reason: 'looked at again' };
    expect((await clerk.send('PUT', `${papers}/entries/${named}`, again, { 'if-match': '"1"' })).status).toBe(200);
    for (const path of ['', '/history', '/named-by', '/labels', '/attachments', '/passes', '/prints']) {
      same(await clerk.get(`${customers}/entries/${code}${path}`), await clerk.get(`${customers}/entries/${none}${path}`));
    }
    // Its key is taken: that is all that is said.
    const write = (by: Caller, body: object): Promise<Answer> =>
      by.post(`${customers}/entries`, { body: { name: 'another', kind: 'end', ...body } });
    for (const body of [{ code }, { code: none, ...licensed }]) {
      const refused = await write(clerk, body);
      expect([refused.status, refused.body['code']]).toEqual([409, 'key-unusable']);
      expect(refused.text).not.toMatch(/已有|another entry|already/);
    }
    expect((await write(clerk, { code: none, ...licensed })).text).not.toContain(code);
    expect((await write(service, { code })).body['code']).toBe('entry-taken');

    const load = async (by: Caller, url: string, csv: string): Promise<any> =>
      must(await by.send('POST', `${url}/imports?dryRun=true`, csv, { 'content-type': 'text/csv' }));
    const faults = async (customer: string): Promise<string> =>
      JSON.stringify((await load(clerk, papers, `customer,kind,checked\n${customer},contract,是\n`)).faults).replaceAll(customer, 'X');
    expect(await faults(code)).toBe(await faults(none));
    expect(await faults(code)).toContain('X');
    // A number is given by us: of one that is not theirs to see it is as if we had not given it.
    const numbered = String(must(await paper(service, code))['id']);
    must(await service.post(`${papers}/entries/${numbered}/labels`, { label: 'sensitive' }));
    const given = async (id: string): Promise<string> =>
      JSON.stringify((await load(clerk, papers, `登记编号,customer,kind,checked\n${id},${code},contract,是\n`)).faults).replaceAll(id, 'X');
    expect(await given(numbered)).toBe(await given('ZL-2026-99999'));
  });
});
