/** Files of entries: seen by whoever may read the register, and by nobody else. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { useStore } from '../store/support/store.ts';
import { useApi } from './support/api.ts';
import { scriptedDesk } from './support/desk.ts';
import { sendFile } from './support/multipart.ts';

const store = useStore();
const api = useApi({
  get db() {
    return store.db;
  },
  get url() {
    return store.url;
  },
  desk: scriptedDesk(),
});
const entries = '/api/registers/contacts/entries';
const marketing = () => api.withPacks('li.na', { 's0-ts16949': ['marketing'] });
const reader = () => api.withPacks('reader', { 's0-ts16949': ['superiors'] });
const stranger = () => api.withPacks('stranger', { 's2-cement': ['market'] });
const contact = (files: string[]) => ({ at: '2026-11-02 09:00', channel: 'letter', customer: '红星厂', content: '来函', files });

test('a file that an entry names is there for the readers of the register, and stays when a later version leaves it out', async () => {
  const by = await marketing();
  const letter = await sendFile(by, `letter ${randomUUID()}`, '来函.txt');
  const status = async (who: typeof reader) => (await (await who()).get(`/api/files/${letter}`)).status;
  expect(await status(reader)).toBe(404);
  const { body } = await by.post(entries, { body: contact([letter]) });
  expect([await status(reader), await status(stranger)]).toEqual([200, 404]);
  const of = `${entries}/${body['id']}`;
  expect((await (await reader()).get(`${of}/attachments`)).body['items']).toMatchObject([{ hash: letter, name: '来函.txt', by: 'li.na' }]);

  const more = await sendFile(by, `more ${randomUUID()}`);
  const changed = await by.send('PUT', of, { body: contact([letter, more]), reason: '补充' }, { 'if-match': '"1"' });
  expect(changed.status).toBe(200);
  await by.send('PUT', of, { body: contact([more]), reason: '更正' }, { 'if-match': '"2"' });
  expect((await by.get(`${of}/attachments`)).body['items']).toMatchObject([{ hash: letter }, { hash: more }]);
  expect(await status(reader)).toBe(200);
});

test('a file of somebody else, or of nobody, is refused at its place and the entry is not written', async () => {
  const foreign = await sendFile(await stranger(), `foreign ${randomUUID()}`);
  const answer = await (await marketing()).post(entries, { body: { ...contact([foreign]), customer: '无此厂' } });
  expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'files[0]' }] } });
  expect((await (await marketing()).get(`${entries}?q=无此厂`)).body['items']).toEqual([]);
});

test('a file is attached by itself and withdrawn by whoever may write; a reader may not', async () => {
  const by = await marketing();
  const { body } = await by.post(entries, { body: contact([]) });
  const at = `${entries}/${body['id']}/attachments`;
  const file = await sendFile(by, `photo ${randomUUID()}`);
  const attached = await by.post(at, { file, note: '照片' });
  expect(attached).toMatchObject({ status: 201, body: { note: '照片', withdrawn: null } });
  expect((await (await reader()).post(at, { file })).status).toBe(403);
  expect((await (await reader()).post(`${at}/${attached.body['id']}/withdraw`, { reason: 'x' })).status).toBe(403);
  expect((await by.post(`${at}/${attached.body['id']}/withdraw`, { reason: '传错' })).body).toMatchObject({
    withdrawn: { reason: '传错' },
  });
  expect((await by.get(at)).body['items']).toHaveLength(1);
});
