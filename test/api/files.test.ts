/** Files through the API: who gets at them, under which name, and what stands beside a case for ever. */
import { randomUUID } from 'node:crypto';
import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { fileKeys } from '../../db/personal.ts';
import { notedFiles } from '../../db/read/files.ts';
import { diskStore } from '../../files/disk.ts';
import { useApi } from './support/api.ts';
import { useEngine } from './support/engine.ts';
import { multipartOf, sendFile, sendFiles } from './support/multipart.ts';
import { openRepair, step } from './support/stories.ts';

const engine = useEngine();
const api = useApi(engine);
/** Names of all files that lie there. */
const onDisk = async (): Promise<string[]> =>
  (await readdir(api.folder, { recursive: true, withFileTypes: true }))
    .filter((one) => one.isFile())
    .map(({ name }) => name)
    .sort();
const text = (): string => `note ${randomUUID()}`;

describe('sending', () => {
  test('several at once, each by its bytes, with a harmless name', async () => {
    const photo = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#123456' } })
      .jpeg()
      .toBuffer();
    const answer = await sendFiles(await api.as('recordsClerk'), [
      { bytes: photo, name: '../../厨房.JPG', type: 'text/html' },
      { bytes: 'a,b\n', name: '表.csv' },
    ]);
    expect(answer.status).toBe(201);
    expect(answer.body['items']).toMatchObject([
      { name: '厨房.jpg', type: 'image/jpeg', size: photo.length },
      { name: '表.csv', type: 'text/csv', size: 4 },
    ]);
  });

  test('the same key is the same request; with other bytes it is refused', async () => {
    const clerk = await api.as('recordsClerk');
    const key = randomUUID();
    const bytes = text();
    const first = await sendFiles(clerk, [{ bytes }], { 'idempotency-key': key });
    expect((await sendFiles(clerk, [{ bytes }], { 'idempotency-key': key })).body).toEqual(first.body);
    const { count } = await engine.owner
      .selectFrom('file')
      .select((x) => x.fn.countAll().as('count'))
      .where('key', '=', key)
      .executeTakeFirstOrThrow();
    expect(Number(count)).toBe(1);
    const before = await onDisk();
    expect(await sendFiles(clerk, [{ bytes: text() }], { 'idempotency-key': key })).toMatchObject({
      status: 422,
      body: { code: 'key-reused' },
    });
    expect(await onDisk()).toEqual(before);
    expect(await sendFiles(clerk, [{ bytes }, { bytes }], { 'idempotency-key': key })).toMatchObject({ status: 422 });
  });

  const hostile: Record<string, [Parameters<typeof sendFiles>[1], number, string]> = {
    'a page': [[{ bytes: '<html>', name: 'a.jpg', type: 'image/jpeg' }], 415, 'file-refused'],
    SVG: [[{ bytes: '<svg/>', name: 'a.svg', type: 'image/svg+xml' }], 415, 'file-refused'],
    'more than 20 MB': [[{ bytes: Buffer.alloc(20 * 1024 * 1024 + 1, 'a') }], 413, 'file-too-large'],
    'a good one and a bad one': [[{ bytes: 'good' }, { bytes: '<html>' }], 415, 'file-refused'],
    'eleven files': [Array.from({ length: 11 }, (_, i) => ({ bytes: `n${i}` })), 413, 'too-many-files'],
    'no file at all': [[], 400, 'bad-request'],
  };
  test.each(Object.entries(hostile))('%s is refused, and nothing of it is kept or noted', async (_, [parts, status, code]) => {
    const key = randomUUID();
    const before = await onDisk();
    const answer = await sendFiles(await api.as('recordsClerk'), parts, { 'idempotency-key': key });
    expect(await onDisk()).toEqual(before);
    expect(answer).toMatchObject({ status, body: { code } });
    expect(await engine.owner.selectFrom('file').select('id').where('key', '=', key).execute()).toEqual([]);
  });

  test('JSON, half a body, a key missing: each is said', async () => {
    const clerk = await api.as('recordsClerk');
    expect(await clerk.post('/api/files', {})).toMatchObject({ status: 415, body: { code: 'unsupported-media-type' } });
    const { body, type } = multipartOf([{ bytes: text() }]);
    const half = await clerk.post('/api/files', body.subarray(0, body.length - 20), { 'content-type': type });
    expect(half).toMatchObject({ status: 400, body: { code: 'bad-request' } });
    expect(await sendFiles(clerk, [{ bytes: text() }], { 'idempotency-key': '' })).toMatchObject({
      status: 400,
      body: { code: 'key-missing' },
    });
  });

  test('nowhere else is a multipart body read', async () => {
    const { body, type } = multipartOf([{ bytes: 'x' }]);
    expect(await (await api.as('recordsClerk')).post('/api/cases', body, { 'content-type': type })).toMatchObject({ status: 415 });
  });
});

describe('fetching', () => {
  test('as an attachment that runs nothing, under its name in both writings', async () => {
    const clerk = await api.as('recordsClerk');
    const hash = await sendFile(clerk, '客户来电', '来电 记录.txt');
    const { status, headers, text: got } = await clerk.get(`/api/files/${hash}`);
    expect(status).toBe(200);
    expect(got).toBe('客户来电');
    expect(headers).toMatchObject({
      'content-disposition': `attachment; filename="__ __.txt"; filename*=UTF-8''${encodeURIComponent('来电 记录.txt')}`,
      'content-type': 'application/octet-stream',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-length': '12',
    });
  });

  test('only by whoever sent it, until it is attached; then by whoever may see the case', async () => {
    const number = await openRepair(api);
    const clerk = await api.as('recordsClerk');
    const hash = await sendFile(clerk, text());
    const statusFor = async (role: string): Promise<number> => (await (await api.as(role)).get(`/api/files/${hash}`)).status;
    expect([await statusFor('recordsClerk'), await statusFor('serviceManager'), await statusFor('design')]).toEqual([200, 404, 404]);

    expect((await clerk.post(`/api/cases/${number}/attachments`, { file: hash, note: '现场' })).status).toBe(201);
    expect([await statusFor('serviceManager'), await statusFor('design'), await statusFor('legalCentre')]).toEqual([200, 404, 404]);
    await step(api, number, 'customerService', 'route', { department: 'design' });
    expect([await statusFor('design'), await statusFor('legalCentre')]).toEqual([200, 404]);
    expect((await (await api.as('design')).get(`/api/files/${'0'.repeat(64)}`)).status).toBe(404);
  });

  test('a small picture of a photo, and none of a text', async () => {
    const clerk = await api.as('recordsClerk');
    const photo = await sharp({ create: { width: 1200, height: 600, channels: 3, background: '#123456' } })
      .png()
      .toBuffer();
    const small = await clerk.get(`/api/files/${await sendFile(clerk, photo)}/thumbnail`);
    expect(small).toMatchObject({
      status: 200,
      headers: { 'content-type': 'image/jpeg', 'content-security-policy': "default-src 'none'; sandbox" },
    });
    expect((await clerk.get(`/api/files/${await sendFile(clerk, text())}/thumbnail`)).status).toBe(404);
  });
});

describe('attachments of a case', () => {
  test('are listed by page in the order they came; a withdrawn one stays, marked, and can still be fetched', async () => {
    const number = await openRepair(api);
    const clerk = await api.as('recordsClerk');
    const at = `/api/cases/${number}/attachments`;
    const ids: string[] = [];
    for (const name of ['一.txt', '二.txt', '三.txt']) {
      ids.push((await clerk.post(at, { file: await sendFile(clerk, text(), name) })).body['id'] as string);
    }
    const first = await clerk.get(`${at}?limit=2`);
    expect(first.body['items']).toMatchObject([{ name: '一.txt', by: 'recordsClerk', withdrawn: null }, { name: '二.txt' }]);
    const second = await clerk.get(`${at}?limit=2&cursor=${first.body['next']}`);
    expect(second.body).toMatchObject({ items: [{ name: '三.txt' }], next: null });

    const gone = await clerk.post(`${at}/${ids[1]}/withdraw`, { reason: '传错' });
    expect(gone).toMatchObject({ status: 200, body: { withdrawn: { by: 'recordsClerk', reason: '传错' } } });
    const again = await clerk.post(`${at}/${ids[1]}/withdraw`, { reason: 'another' });
    expect(again.body['withdrawn']).toMatchObject({ reason: '传错' });
    expect((await (await api.as('serviceManager')).get(`/api/files/${gone.body['hash']}`)).status).toBe(200);
  });

  test('somebody else withdraws only as a coordinator', async () => {
    const number = await openRepair(api);
    await step(api, number, 'customerService', 'route', { department: 'design' });
    const clerk = await api.as('recordsClerk');
    const { body } = await clerk.post(`/api/cases/${number}/attachments`, { file: await sendFile(clerk, text()) });
    const path = `/api/cases/${number}/attachments/${body['id']}/withdraw`;
    expect(await (await api.as('design')).post(path, { reason: 'x' })).toMatchObject({ status: 403, body: { code: 'not-allowed' } });
    expect((await (await api.as('legalCentre')).post(path, { reason: 'x' })).status).toBe(404);
    expect((await (await api.as('customerService')).post(path, { reason: 'x' })).status).toBe(200);
  });

  test('nobody attaches what they have not sent and cannot see, nor to a case that is not theirs', async () => {
    const number = await openRepair(api);
    const clerk = await api.as('recordsClerk');
    const mine = await sendFile(await api.as('serviceManager'), text());
    expect(await clerk.post(`/api/cases/${number}/attachments`, { file: mine })).toMatchObject({
      status: 422,
      body: { code: 'file-unknown' },
    });
    const hash = await sendFile(await api.as('legalCentre'), text());
    expect((await (await api.as('legalCentre')).post(`/api/cases/${number}/attachments`, { file: hash })).status).toBe(404);
  });

  test('the same key attaches once; with another file it is refused', async () => {
    const number = await openRepair(api);
    const clerk = await api.as('recordsClerk');
    const headers = { 'idempotency-key': randomUUID() };
    const file = await sendFile(clerk, text());
    const first = await clerk.post(`/api/cases/${number}/attachments`, { file }, headers);
    expect((await clerk.post(`/api/cases/${number}/attachments`, { file }, headers)).body).toEqual(first.body);
    const other = await clerk.post(`/api/cases/${number}/attachments`, { file: await sendFile(clerk, text()) }, headers);
    expect(other).toMatchObject({ status: 422, body: { code: 'key-reused' } });
    expect((await clerk.get(`/api/cases/${number}/attachments`)).body['items']).toHaveLength(1);
  });

  test.each([
    'update file set name = name',
    'delete from file',
    'delete from attachment',
    'truncate attachment cascade',
    'update attachment set note = note',
  ])('the application may not: %s', async (statement) => {
    await expect(sql.raw(statement).execute(engine.db)).rejects.toMatchObject({ code: '42501' });
  });
});

describe('on the disk', () => {
  test('nothing is called by its hash, from which a short text could be guessed', async () => {
    const hash = await sendFile(await api.as('recordsClerk'), `签收 ${randomUUID()}`);
    expect((await onDisk()).join(' ')).not.toContain(hash.slice(0, 16));
  });

  test('what was kept and never noted goes after a day; what is noted, or young, stays', async () => {
    const clerk = await api.as('recordsClerk');
    const noted = await sendFile(clerk, text());
    const files = diskStore(api.folder, fileKeys(engine.db));
    const put = async () => (await files.put(Readable.from([Buffer.from(text())]), 'a.txt')).hash;
    const [old, young] = [await put(), await put()];
    for (const hash of [noted, old]) await age(hash);
    await files.removeUnnoted(() => notedFiles(engine.db));
    expect(await Promise.all([noted, old, young].map((hash) => files.exists(hash)))).toEqual([true, false, true]);
  });

  async function age(hash: string): Promise<void> {
    const name = await fileKeys(engine.db).nameOf(hash);
    const before = new Date(Date.now() - 25 * 3_600_000);
    await utimes(join(api.folder, 'kept', name.slice(0, 2), name), before, before);
  }
});
