/** Once somebody is erased no door tells anything of them: of every path that can be read, with all that is there, not one. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { sha256 } from '../../db/hash.ts';
import { keepIssued } from '../../db/issued-prints.ts';
import { loadPack, listPacks } from '../../packs/load.ts';
import { loadRegisters } from '../../packs/registers/load.ts';
import { auditAll } from '../../reconcile/audit-all.ts';
import { administrator } from '../api/support/administrators.ts';
import { useApi, type Caller } from '../api/support/api.ts';
import { useEngine } from '../api/support/engine.ts';
import { sendFile } from '../api/support/multipart.ts';
import { fillIn } from './support/canary/fill.ts';
import { plantsOf, type Plants } from './support/canary/plants.ts';
import { searchIn } from './support/canary/search.ts';
import { repairOf } from './support/canary/story-of-cases.ts';
import { taken } from './support/canary/taken.ts';
import { doorsTo, openAll, type Opened, type There } from './support/erased/doors.ts';

const engine = useEngine();
const api = useApi(engine, { publicCasesPerHour: 1_000 });

/** Holds every role there is. */
const everybody = (): Promise<Caller> =>
  api.withPacks('everybody', Object.fromEntries(listPacks().map((id) => [id, loadPack(id).roles.map((role) => role.id)])));

async function verifies(): Promise<void> {
  const found: string[] = [];
  await auditAll({ db: engine.db, client: undefined, folder: '/nowhere', publicKeyFile: '', only: undefined }, (_, text) =>
    found.push(text),
  );
  expect(found).toEqual([]);
}

async function erase(of: string): Promise<readonly string[]> {
  const boss = await administrator(api, engine.db, 'erasing-admin');
  const plan = taken(await boss.get(`/api/erasures/plan?of=${encodeURIComponent(of)}`), 200);
  const subjects = plan.body['subjects'] as string[];
  expect(plan.body['holds'].filter(({ why }: { why: string }) => why === 'open')).toEqual([]);
  const ask = { of, subjects: subjects.length, reason: '本人要求', despite: '本人要求' };
  expect(taken(await boss.post('/api/erasures', ask, { 'idempotency-key': randomUUID() }), 200).body).toEqual({ erased: subjects });
  return subjects;
}

const telling = (opened: readonly Opened[], plants: Plants): string[] => [
  ...new Set(opened.filter((one) => searchIn([one], plants, () => false).length > 0).map(({ of }) => of)),
];

/** Documents, prints, clocks and steps of cases, and the files they know. */
async function thereOf(caller: Caller, numbers: readonly string[], entries: readonly string[], plants: Plants): Promise<There> {
  const hashes: string[] = [];
  const prints = new Set<string>();
  const clocks = new Set<string>();
  for (const number of numbers) {
    const { items } = taken(await caller.get(`/api/cases/${number}/documents?limit=100`), 200).body as { items: { hash: string }[] };
    hashes.push(...items.map(({ hash }) => hash));
    const { body } = taken(await caller.get(`/api/cases/${number}/prints`), 200);
    for (const { print } of [...body['items'], ...body['issued']] as { print: string }[]) prints.add(print);
    const kept = await engine.db.selectFrom('clock').select('clock_id').where('case_number', '=', number).execute();
    for (const { clock_id: clock } of kept) clocks.add(encodeURIComponent(clock));
  }
  for (const entry of entries)
    for (const { print } of taken(await caller.get(`${entry}/prints`), 200).body['items'] as { print: string }[]) prints.add(print);
  const files = await engine.db.selectFrom('file').select('hash').distinct().execute();
  return {
    paths: {
      '/api/cases/{number}': numbers.map((number) => `/api/cases/${number}`),
      '/api/registers/{register}/entries/{id}': entries,
    },
    words: {
      hash: [...hashes, ...files.map(({ hash }) => hash)],
      print: [...prints],
      clock: [...clocks],
      register: [...loadRegisters().keys()],
      view: (taken(await caller.get('/api/views'), 200).body['items'] as { name: string }[]).map(({ name }) => name),
      pack: listPacks(),
      step: ['survey', 'followUp'],
      kind: ['repair'],
      person: ['everybody'],
    },
    query: { from: '2020-01-01', to: '2030-01-01', until: '2030-01-01', of: `case:${numbers[0]}`, kind: 'complaint' },
    sought: plants.all.slice(0, 3).map(({ text }) => text),
  };
}

test('a case: its forms, words, files, papers, drafts, by every path and by the customer’s link', { timeout: 300_000 }, async () => {
  const plants = plantsOf();
  const number = await repairOf(api, engine.db, plants);
  const caller = await everybody();
  const office = await api.as('customerService');
  const link = taken(await office.post(`/api/cases/${number}/tracking-link`, { telephone: plants.telephone('another link') }), 201);
  const door = { secret: String(link.body['secret']), tail: plants.all.at(-1)!.text.slice(-4) };
  taken(await caller.put(`/api/cases/${number}/drafts/survey`, { form: { findings: plants.text('a draft') } }), 200);
  if ((await caller.get(`/api/cases/${number}`)).body['status'] === 'open')
    taken(await office.post(`/api/cases/${number}/withdraw`, { form: { reason: plants.text('withdrawn'), evidence: 'a call' } }), 200);
  // As the worker issues a paper; none of those of a repair has the customer's words on it.
  const { raw: bytes } = taken(await caller.get(`/api/cases/${number}/prints/dossier`), 200);
  const paper = { print: 'work-order', ordinal: 1, seq: 1, bytes, hash: sha256(bytes.toString('latin1')), missing: [] };
  await keepIssued(engine.db, { number, ...paper });

  const doors = doorsTo(await thereOf(caller, [number], [], plants));
  expect(doors.length).toBeGreaterThan(150);
  const before = await openAll(caller, doors);
  expect(before.filter(({ status }) => status >= 500)).toEqual([]);
  expect(telling(before, plants)).toEqual(
    expect.arrayContaining([
      '/api/cases/{number}/documents/{hash}',
      '/api/cases/{number}/customer-words',
      '/api/cases/{number}/consent-requests',
      '/api/cases/{number}/attachments',
      '/api/cases/{number}/prints/{print}',
      '/api/cases/{number}/drafts/{step}',
      '/api/views/{view}',
      '/api/views/{view}/export',
      '/api/files/{hash}',
    ]),
  );
  const pictures = before.filter(({ of, status }) => of === '/api/files/{hash}/thumbnail' && status === 200);
  expect(pictures.length).toBeGreaterThan(0);
  const issued = `/api/cases/${number}/prints/work-order?issued=1`;
  expect(searchIn(before.filter(({ place }) => place === `GET ${issued}`), plants, () => false)).not.toEqual([]); // prettier-ignore
  expect((await api.anybody.post('/api/public/tracking', door)).status).toBe(200);

  const subjects = await erase(`case:${number}`);
  const after = await openAll(caller, doors);
  expect(searchIn(after, plants, () => false)).toEqual([]);
  expect(after.filter(({ status }) => status >= 500)).toEqual([]);
  // A file and its picture are as absent, an issued print does not open.
  for (const subject of subjects.filter((one) => one.startsWith('file:')))
    expect(after.filter(({ place, status }) => place.includes(subject.slice(5)) && status === 200)).toEqual([]);
  expect((await caller.get(issued)).status).toBeGreaterThanOrEqual(400);
  const tracked = await api.anybody.post('/api/public/tracking', door);
  expect(searchIn([{ place: 'the customer’s side', bytes: tracked.raw }], plants, () => false)).toEqual([]);
  const words = await api.anybody.post('/api/public/tracking/messages', { ...door, words: 'x' });
  expect(words.status, words.text).toBeGreaterThanOrEqual(400);
  await verifies();
});

test('a customer: their file, all that names it, and the cases about them', { timeout: 300_000 }, async () => {
  const plants = plantsOf();
  const caller = await everybody();
  const customer = 'KH-ERASED';
  const name = plants.text('name of a customer');
  const body = {
    code: customer,
    name,
    telephone: plants.telephone('telephone of a customer'),
    address: plants.text('address of a customer'),
  };
  const at = `/api/registers/customers/entries/${customer}`;
  taken(await caller.post('/api/registers/customers/entries', { body }), 201);
  const change = { body: { ...body, strength: plants.text('strength of a customer') }, reason: plants.text('reason of a change') };
  taken(await caller.put(at, change, { 'if-match': '"1"' }), 200);
  const photo = await sharp({ create: { width: 50, height: 30, channels: 3, background: '#123456' } })
    .withExif({ IFD0: { ImageDescription: plants.text('a photo of a customer') } })
    .jpeg()
    .toBuffer();
  const file = await sendFile(caller, photo, `${plants.text('name of a photo')}.jpg`);
  taken(await caller.post(`${at}/attachments`, { file, note: plants.text('a note on a photo') }), 201);

  const entries = [at];
  for (const [id, { fields }] of loadRegisters()) {
    if (!fields.some((field) => field.type === 'ref' && field.register === 'customers')) continue;
    const filled = fillIn(fields, { plants, where: id, roles: [], refs: { customers: customer } });
    const { status, body: made } = await caller.post(`/api/registers/${id}/entries`, { body: filled });
    if (status === 201) entries.push(`/api/registers/${id}/entries/${String(made['id'])}`);
  }
  expect(entries.length).toBeGreaterThan(3);

  const form = { company: name, content: plants.text('what was to be done'), customerKind: 'new', customerFile: customer };
  const number = String(taken(await caller.post('/api/cases', { pack: 's0-ts16949', kind: 'onSiteService', form }), 201).body['number']);
  const end = { form: { reason: plants.text('why it was withdrawn'), evidence: plants.text('evidence') } };
  taken(await caller.post(`/api/cases/${number}/withdraw`, end), 200);

  const doors = doorsTo(await thereOf(caller, [number], entries, plants));
  const before = await openAll(caller, doors);
  expect(telling(before, plants)).toEqual(
    expect.arrayContaining([
      '/api/cases/{number}/documents/{hash}',
      '/api/registers/{register}/entries',
      '/api/registers/{register}/entries/{id}',
      '/api/registers/{register}/entries/{id}/history',
      '/api/registers/{register}/entries/{id}/attachments',
      '/api/registers/{register}/entries/{id}/prints/{print}',
      '/api/registers/{register}/export',
      '/api/contacts/compilation',
      '/api/contacts/compilation/export',
    ]),
  );
  for (const picture of [`/api/files/${file}`, `/api/files/${file}/thumbnail`]) expect((await caller.get(picture)).status).toBe(200);
  const subjects = await erase(`customers/${customer}`);
  expect(subjects).toEqual(expect.arrayContaining([`case:${number}`, `entry:customers:${customer}`, `file:${file}`]));
  expect(subjects.length).toBe(entries.length + 2);
  const after = await openAll(caller, doors);
  expect(searchIn(after, plants, () => false)).toEqual([]);
  expect(after.filter(({ status }) => status >= 500)).toEqual([]);
  expect((await caller.get(`/api/files/${file}`)).status).toBe(404);
  expect((await caller.get(`/api/files/${file}/thumbnail`)).status).toBe(404);
  expect(await caller.put(at, change, { 'if-match': '"2"' })).toMatchObject({ status: 410, body: { code: 'erased' } });
  await verifies();
});

test('somebody who signs in: where they are mailed and what they had begun', async () => {
  const plants = plantsOf();
  const boss = await administrator(api, engine.db, 'erasing-admin');
  const caller = await api.withPacks('leaving', { 's3-cs19': ['recordsClerk'] });
  taken(await boss.post('/api/people/leaving/mail', { mail: plants.mail('mail of somebody') }), 200);
  taken(await caller.put('/api/drafts/s3-cs19/repair', { form: { summary: plants.text('a draft of somebody') } }), 200);
  const doors = doorsTo({ paths: {}, words: { person: ['leaving'], pack: ['s3-cs19'], kind: ['repair'] }, query: {}, sought: [] });
  expect(telling(await openAll(caller, doors), plants)).toEqual(['/api/drafts/{pack}/{kind}']);
  expect(await erase('person:leaving')).toEqual(['person:leaving']);
  for (const reader of [caller, boss]) expect(searchIn(await openAll(reader, doors), plants, () => false)).toEqual([]);
  const { rows } = await sql<{ n: number }>`select count(*)::integer as n from person_contact where person = 'leaving'`.execute(engine.db);
  expect(rows).toEqual([{ n: 0 }]);
  expect(await boss.post('/api/people/leaving/mail', { mail: 'again@example.com' })).toMatchObject({
    status: 410,
    body: { code: 'erased' },
  });
  await verifies();
});
