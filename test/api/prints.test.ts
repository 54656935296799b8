/** Prints through HTTP: who gets them, under which name, and what is noted. */
import { expect, test } from 'vitest';
import { putEntry } from '../../db/entries.ts';
import { loadRegisters } from '../../packs/registers/load.ts';
import { textOf } from '../support/pdf-text.ts';
import { useApi } from './support/api.ts';
import { useEngine } from './support/engine.ts';
import { openRepair, step, surveyForm } from './support/stories.ts';

const office = useEngine();
const api = useApi(office);

test('a paper is an attachment with a harmless name, and only for whom the case concerns', async () => {
  const number = await openRepair(api);
  const clerk = await api.as('recordsClerk');
  const list = await clerk.get(`/api/cases/${number}/prints`);
  expect(list.status).toBe(200);
  expect(list.body['items'].map(({ print }: { print: string }) => print)).toEqual([
    'call-register',
    'satisfaction-survey-blank',
    'dossier',
  ]);
  expect(list.body['issued']).toEqual([]);

  const paper = await clerk.get(`/api/cases/${number}/prints/call-register`);
  expect(paper.status).toBe(200);
  expect(paper.headers).toMatchObject({ 'content-type': 'application/pdf', 'x-content-type-options': 'nosniff' });
  expect(String(paper.headers['content-disposition'])).toMatch(/^attachment; filename="[\x20-\x7e]+\.pdf"; filename\*=UTF-8''/);
  expect(decodeURIComponent(String(paper.headers['content-disposition']))).toContain(`${number} 来电、来访登记表.pdf`);
  expect(await textOf(paper.raw)).toContain(number);

  const outsider = await api.as('design');
  for (const path of ['prints', 'prints/call-register', 'prints/dossier', 'prints/work-order?issued=1'])
    expect((await outsider.get(`/api/cases/${number}/${path}`)).status).toBe(404);
  expect((await api.anybody.get(`/api/cases/${number}/prints/dossier`)).status).toBe(401);

  expect((await clerk.get(`/api/cases/${number}/prints/survey-sheet`)).status).toBe(404);
  await step(api, number, 'customerService', 'survey', surveyForm);
  expect((await clerk.get(`/api/cases/${number}/prints/survey-sheet`)).status).toBe(200);
  for (const bad of ['prints/..%2Fdossier', 'prints/Dossier', 'prints/dossier?issued=0', 'prints/dossier?issued=1&x=1'])
    expect((await clerk.get(`/api/cases/${number}/${bad}`)).status).toBeGreaterThanOrEqual(400);

  const noted = await office.db.selectFrom('journal').select('body').where('chain', 'like', 'read:%').execute();
  expect(noted.some(({ body }) => body.includes(number) && body.includes('"print":"call-register"'))).toBe(true);
});

test('what the face lacks is named in the answer, and a print of an entry is for its readers', async () => {
  const def = loadRegisters().get('customers')!;
  await putEntry(office.db, { def, body: { code: 'KH-E', name: '王\u{E000}' }, person: 'customerService', at: Date.now() });
  const reader = await api.as('customerService');
  const path = '/api/registers/customers/entries/KH-E/prints';
  expect((await reader.get(path)).body['items'].map(({ print }: { print: string }) => print)).toEqual(['customer-file', 'service-record']);
  const paper = await reader.get(`${path}/customer-file`);
  expect([paper.status, paper.headers['x-missing-glyphs']]).toEqual([200, 'U+E000']);
  expect(await textOf(paper.raw)).toContain('王□');
  const stranger = await api.withPacks('stranger', { 's2-cement': ['quality'] });
  expect((await stranger.get(`${path}/customer-file`)).status).toBe(404);
  expect((await reader.get('/api/registers/customers/entries/none/prints/customer-file')).status).toBe(404);
});
