/** Secrecy labels: whoever is cleared below what a record carries finds nothing of it, whatever way they look. */
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { addEntry } from '../../db/entries.ts';
import { loadRegisters } from '../../packs/registers/load.ts';
import { textOf } from '../support/pdf-text.ts';
import { administrator } from './support/administrators.ts';
import { useApi, type Answer, type Caller } from './support/api.ts';
import { useEngine } from './support/engine.ts';
import { sendFiles } from './support/multipart.ts';
import { openRepair } from './support/stories.ts';

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
});
