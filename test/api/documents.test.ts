/** Filed forms in their versions, and what a case still lacks before it closes. */
import { expect, test } from 'vitest';
import { versionsOf } from '../../api/view/filing.ts';
import type { AnyEvent } from '../../domain/case/event.ts';
import { useApi } from './support/api.ts';
import { useEngine } from './support/engine.ts';
import { openRepair, step, surveyForm } from './support/stories.ts';

const api = useApi(useEngine());

test('a sheet filed again is a new version: earlier ones stay, and what changed is said', async () => {
  const number = await openRepair(api);
  for (const note of ['客户不在家', '客户周五在家', '客户周六在家']) await step(api, number, 'recordsClerk', 'registerNote', { note });
  const clerk = await api.as('recordsClerk');
  const all = await clerk.get(`/api/cases/${number}/documents?form=registerNote`);
  expect(all.body['items']).toMatchObject([
    { step: 'registerNote', version: 1, changes: null, by: { person: 'recordsClerk' } },
    { version: 2, changes: [{ field: 'note', before: '客户不在家', after: '客户周五在家' }] },
    { version: 3, changes: [{ field: 'note', before: '客户周五在家', after: '客户周六在家' }] },
  ]);
  const first = await clerk.get(`/api/cases/${number}/documents?form=registerNote&limit=2`);
  expect(first.body['items']).toHaveLength(2);
  const rest = await clerk.get(`/api/cases/${number}/documents?form=registerNote&limit=2&cursor=${first.body['next']}`);
  expect(rest.body).toMatchObject({ items: [{ version: 3, changes: [{ field: 'note' }] }], next: null });

  const whole = (await clerk.get(`/api/cases/${number}/documents`)).body['items'] as { form: string; hash: string }[];
  expect(whole[0]).toMatchObject({ step: 'open', form: 'intake', version: 1 });
  expect((await clerk.get(`/api/cases/${number}/documents/${whole[0]?.hash}`)).status).toBe(200);
  expect((await (await api.as('design')).get(`/api/cases/${number}/documents`)).status).toBe(404);
});

test('a decision that names the form its step has filed does not file it again', () => {
  const at = { occurredAt: 0, recordedAt: 0 };
  const submitted = { ...at, seq: 2, kind: 'submitted', data: { task: 'a#1', step: 'approval', facts: {}, documentHash: 'x' } };
  const decided = { ...at, seq: 3, kind: 'decided', data: { proposal: { name: 'estimate' }, act: 'approve', documentHash: 'x' } };
  const filings = [submitted, decided].map((event) => ({ seq: event.seq, event: event as AnyEvent, hash: 'x', name: null }));
  expect(versionsOf(filings, { kind: 'repair' }, undefined)).toMatchObject([{ seq: 2, step: 'approval', version: 1 }]);
});

test('what is required before closing and not there yet is said, with the step at which it is seen to', async () => {
  const number = await openRepair(api);
  const clerk = await api.as('recordsClerk');
  const lacking = async () => ((await clerk.get(`/api/cases/${number}/next`)).body['closing'] as { lacking: unknown[] }).lacking;
  expect(await lacking()).toMatchObject([
    { kind: 'step', id: 'completion', step: 'completion' },
    { kind: 'step', id: 'followUp', step: 'followUp' },
    { kind: 'step', id: 'settlement', step: 'settlement' },
  ]);
  await step(api, number, 'customerService', 'survey', surveyForm);
  expect(await lacking()).toHaveLength(3);
  const ended = await (
    await api.as('customerService')
  ).post(`/api/cases/${number}/withdraw`, { form: { reason: '客户撤回', evidence: '书面' } });
  expect(ended.status).toBe(200);
  expect(await lacking()).toEqual([]);
});
