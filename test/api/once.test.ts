/** The same key again is the same request: its first answer, carried out once; another body under it is refused. What is refused takes no key. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { forgetAnswers } from '../../db/answers.ts';
import { useStore } from '../store/support/store.ts';
import { useApi } from './support/api.ts';
import { scriptedDesk } from './support/desk.ts';

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
const admin = () => api.withPacks('root', { redress: ['administrator'] });
const keyed = (key: string = randomUUID()) => ({ 'idempotency-key': key });

test('a person is added once; the same again is the first answer, another body is refused', async () => {
  const by = await admin();
  const [key, body] = [keyed(), { person: 'li.na', name: '李娜' }];
  const first = await by.post('/api/people', body, key);
  expect(first).toMatchObject({ status: 201, body: { done: true } });
  expect(await by.post('/api/people', body, key)).toMatchObject({ status: 201, text: first.text });
  expect(await by.post('/api/people', { ...body, name: '李那' }, key)).toMatchObject({ status: 422, body: { code: 'key-reused' } });
  expect(await by.post('/api/notices/read', { ids: ['1'] }, key)).toMatchObject({ status: 422, body: { code: 'key-reused' } });
  expect(await by.post('/api/people', body)).toMatchObject({ status: 409, body: { code: 'person-taken' } });
  expect(await by.post('/api/people', body, { 'idempotency-key': '' })).toMatchObject({ status: 400, body: { code: 'key-missing' } });
});

test('of several at once one carries it out, and the others get its answer', async () => {
  const by = await admin();
  const [key, body] = [keyed(), { person: 'wang.w', name: '王五' }];
  const answers = await Promise.all(Array.from({ length: 5 }, () => by.post('/api/people', body, key)));
  expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(201));
});

test('a refusal leaves the key unused; a key is its person’s own', async () => {
  const by = await admin();
  const key = keyed();
  const clerk = await api.as('recordsClerk');
  expect((await clerk.post('/api/people', { person: 'sun.q', name: '孙七' }, key)).status).toBe(403);
  expect((await by.post('/api/people', { person: 'li.na', name: '李娜' }, key)).status).toBe(409);
  expect((await by.post('/api/people', { person: 'sun.q', name: '孙七' }, key)).status).toBe(201);
  expect((await clerk.post('/api/notices/read', { ids: ['1'] }, key)).status).toBe(200);
});

test('what a dead process has begun may be asked for again after a minute, and answers are kept for a day, sealed', async () => {
  const by = await admin();
  const key = randomUUID();
  const body = { person: 'zhao.l', name: '赵六' };
  await by.post('/api/people', body, keyed(key));
  const kept = await store.db.selectFrom('request_answer').selectAll().where('key', '=', key).executeTakeFirstOrThrow();
  expect(kept).toMatchObject({ person: 'root', status: 201 });
  expect(kept.body).not.toContain('done');
  const aged = (by_: string) =>
    sql`update request_answer set begun_at = now() - ${sql.lit(by_)}::interval where key = ${key}`.execute(store.db);
  await store.db.updateTable('request_answer').set({ status: null, body: null }).where('key', '=', key).execute();
  await aged('2 minutes');
  expect((await by.post('/api/people', body, keyed(key))).status).toBe(409); // carried out before it died: asked for again, it is there already
  await by.post('/api/people', { person: 'qian.b', name: '钱八' }, keyed(key));
  await aged('23 hours');
  await forgetAnswers(store.db);
  expect((await by.post('/api/people', { person: 'qian.b', name: '钱八' }, keyed(key))).status).toBe(201);
  await aged('25 hours');
  await forgetAnswers(store.db);
  expect((await by.post('/api/people', { person: 'qian.b', name: '钱八' }, keyed(key))).status).toBe(409);
});
