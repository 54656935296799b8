/** Erasing through HTTP: planned, held up by what is open or kept, done once, and read nowhere afterwards. */
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { auditCase } from '../../reconcile/audit.ts';
import { eraseAgain } from '../../runtime/erasing.ts';
import { loggedErasures } from '../../runtime/erasure-log.ts';
import { administrator } from './support/administrators.ts';
import { useApi } from './support/api.ts';
import { useEngine } from './support/engine.ts';
import { openRepair, step, surveyForm } from './support/stories.ts';

const engine = useEngine();
const api = useApi(engine);
const admin = () => administrator(api, engine.db, 'erasing-admin');
const log = join(tmpdir(), `redress-erasures-${process.pid}.jsonl`);

test('an open case stands in the way; closed, it is erased once, and its record still verifies', async () => {
  const number = await openRepair(api, {}, { customerName: '公孙大娘', summary: '厨房漏水' });
  const of = `case:${number}`;
  const boss = await admin();
  const plan = await boss.get(`/api/erasures/plan?of=${of}`);
  expect(plan.body).toMatchObject({ subjects: [of], cases: [number], holds: [{ number, why: 'open' }] });
  const ask = { of, subjects: 1, reason: '本人要求' };
  expect(await boss.post('/api/erasures', { ...ask, despite: '法定义务' })).toMatchObject({ status: 409, body: { code: 'erasure-held' } });

  const clerk = await api.as('recordsClerk');
  const service = await api.as('customerService');
  const end = { form: { reason: 'mended', evidence: 'call of 9:00' } };
  expect(await service.post(`/api/cases/${number}/withdraw`, end)).toMatchObject({ status: 200 });
  const [first] = (await clerk.get(`/api/cases/${number}/documents`)).body['items'] as { hash: string }[];
  const read = () => clerk.get(`/api/cases/${number}/documents/${first!.hash}`);
  expect((await read()).text).toContain('公孙大娘');

  expect(await boss.post('/api/erasures', { ...ask, subjects: 2 })).toMatchObject({ status: 409, body: { code: 'erasure-changed' } });
  const key = { 'idempotency-key': randomUUID() };
  const twice = await Promise.all([boss.post('/api/erasures', ask, key), boss.post('/api/erasures', ask, key)]);
  expect(twice.map(({ body }) => body)).toEqual([{ erased: [of] }, { erased: [of] }]);
  expect((await boss.post('/api/erasures', ask, key)).body).toEqual({ erased: [of] });
  for (const other of [
    { ...ask, reason: '另一个' },
    { ...ask, subjects: 2 },
    { ...ask, of: 'person:nobody' },
  ])
    expect(await boss.post('/api/erasures', other, key)).toMatchObject({ status: 422, body: { code: 'key-reused' } });
  expect((await read()).text).not.toContain('公孙');
  expect((await boss.get('/api/erasures')).body).toMatchObject({ items: [{ subject: of, person: 'erasing-admin', reason: '本人要求' }] });
  expect(await readFile(log, 'utf8')).toContain(of);
  expect(await loggedErasures(log)).toContainEqual(expect.objectContaining({ subject: of }));
  expect(await eraseAgain(engine.db, log)).toBe(0);
  expect((await auditCase(engine.db, number)).faults ?? []).toEqual([]);
});

test('is for administrators, and of what is there', async () => {
  const number = await openRepair(api);
  await step(api, number, 'customerService', 'survey', surveyForm).catch(() => undefined);
  const clerk = await api.as('recordsClerk');
  expect((await clerk.get(`/api/erasures/plan?of=case:${number}`)).status).toBe(403);
  expect((await clerk.post('/api/erasures', { of: `case:${number}`, subjects: 1, reason: 'x' })).status).toBe(403);
  const boss = await admin();
  for (const of of ['case:NO-1', 'customers/NOBODY', 'person:nobody'])
    expect((await boss.get(`/api/erasures/plan?of=${of}`)).status).toBe(404);
  for (const of of ['', 'case:', 'customers', 'case:A/B', '../x']) expect((await boss.get(`/api/erasures/plan?of=${of}`)).status).toBe(400);
});
