/** Reading again: not before what was written is there, and nothing that the reader has already. */
import { expect, test } from 'vitest';
import { useApi } from './support/api.ts';
import { useEngine } from './support/engine.ts';
import { openRepair, step, surveyForm } from './support/stories.ts';

const engine = useEngine();
const api = useApi(engine);

test('min_seq: the answer’s own seq is there at once; one that never comes is 409 with Retry-After, after a bounded time', async () => {
  const number = await openRepair(api);
  const clerk = await api.as('customerService');
  const seq = Number((await step(api, number, 'customerService', 'survey', surveyForm)).body['seq']);
  const shown = await clerk.get(`/api/cases/${number}?min_seq=${seq}`);
  expect(shown.status).toBe(200);
  expect(shown.body['seq']).toBeGreaterThanOrEqual(seq);
  for (const url of [
    `/api/cases/${number}?min_seq=90000`,
    `/api/cases/${number}/events?min_seq=90000`,
    `/api/cases/${number}/timeline?min_seq=90000`,
    `/api/cases/${number}/next?min_seq=90000`,
    `/api/cases/${number}/decisions?min_seq=90000`,
    `/api/cases/${number}/documents?min_seq=90000`,
    `/api/cases/${number}/attachments?min_seq=90000`,
    `/api/cases/${number}/why?min_seq=90000`,
    `/api/cases/${number}/clocks/${encodeURIComponent('survey#1')}/why?min_seq=90000`,
    `/api/tasks?min_case=${number}&min_seq=90000`,
    `/api/cases?min_case=${number}&min_seq=90000`,
  ]) {
    expect(await clerk.get(url), url).toMatchObject({ status: 409, body: { code: 'not-yet' }, headers: { 'retry-after': '1' } });
    expect((await clerk.get(url.replace('90000', String(seq)))).status, url).toBe(200);
  }
  for (const seq of ['0', '-1', '1e9', 'x']) expect((await clerk.get(`/api/cases/${number}?min_seq=${seq}`)).status, seq).toBe(400);
  for (const url of ['/api/cases?min_seq=3', '/api/tasks?min_seq=3']) expect((await clerk.get(url)).status, url).toBe(400);
});

test('min_seq: what comes while it waits is in the answer', async () => {
  const number = await openRepair(api);
  const clerk = await api.as('customerService');
  const { seq } = (await clerk.get(`/api/cases/${number}`)).body;
  const waiting = clerk.get(`/api/cases/${number}?min_seq=${Number(seq) + 1}`);
  await step(api, number, 'customerService', 'survey', surveyForm);
  const shown = await waiting;
  expect(shown.status, shown.text).toBe(200);
  expect(shown.body['seq']).toBeGreaterThan(Number(seq));
  expect(shown.body['proposals']).toHaveLength(1);
});

test('min_seq: the inbox after an answer no longer holds what was answered', async () => {
  const number = await openRepair(api);
  const clerk = await api.as('customerService');
  const { seq } = (await clerk.get(`/api/cases/${number}`)).body;
  const waiting = clerk.get(`/api/tasks?min_case=${number}&min_seq=${Number(seq) + 1}`);
  await step(api, number, 'customerService', 'survey', surveyForm);
  const tasks = (await waiting).body['items'] as { case: string; step: string }[];
  expect(tasks.filter((task) => task.case === number).map((task) => task.step)).not.toContain('survey');
});

test('min_seq tells nothing about a case that is not the reader’s', async () => {
  const number = await openRepair(api);
  const stranger = await api.withPacks('of-another-pack', { 's4-feedback': ['qualityDepartment'] });
  expect((await stranger.get(`/api/cases/${number}?min_seq=90000`)).status).toBe(404);
  expect((await stranger.get(`/api/cases/${number}/events?min_seq=90000`)).status).toBe(404);
  for (const url of ['/api/cases', '/api/tasks'])
    expect((await stranger.get(`${url}?min_case=${number}&min_seq=90000`)).status, url).toBe(200);
  expect((await stranger.get(`/api/cases/${number}/next?min_seq=90000`)).status).toBe(404);
});

test('ETag: 304 without a body for who has it, another tag when something has changed', async () => {
  const number = await openRepair(api);
  const clerk = await api.as('customerService');
  const url = `/api/cases/${number}/events`;
  const tag = String((await clerk.get(url)).headers['etag']);
  expect(tag).toMatch(/^W\/"[\w-]{20,}"$/);
  for (const known of [tag, `"other", ${tag}`, tag.slice(2)]) {
    const again = await clerk.get(url, { 'if-none-match': known });
    expect([again.status, again.text, again.headers['etag']], known).toEqual([304, '', tag]);
  }
  expect((await clerk.get(url, { 'if-none-match': '"other"' })).status).toBe(200);
  await step(api, number, 'customerService', 'survey', surveyForm);
  const changed = await clerk.get(url, { 'if-none-match': tag });
  expect(changed.status).toBe(200);
  expect(changed.headers['etag']).not.toBe(tag);
  // Whoever may not see it hears the same as ever, whatever tag they hold.
  const stranger = await api.withPacks('of-another-pack', { 's4-feedback': ['qualityDepartment'] });
  expect((await stranger.get(url, { 'if-none-match': tag })).status).toBe(404);
});

test('who comes second is told who came first, in zh and en', async () => {
  const number = await openRepair(api);
  await step(api, number, 'customerService', 'survey', surveyForm);
  const [first, second] = [
    await api.withPacks('zhang', { 's3-cs19': ['serviceManager'] }),
    await api.withPacks('li', { 's3-cs19': ['serviceManager'] }),
  ];
  const url = `/api/cases/${number}/steps/estimate.approve`;
  expect((await first.post(url, { form: { decision: 'reject', version: 1, reason: '估价偏高' } })).status).toBe(200);
  const late = { form: { decision: 'approve', version: 1 } };
  const said = { status: 409, body: { code: 'task-closed' } };
  const zh = await second.post(url, late, { 'accept-language': 'zh' });
  expect(zh).toMatchObject(said);
  expect(zh.body['detail']).toMatch(/^Name of zhang已于.*维修估价.* v1作出决定：不同意。$/);
  const key = crypto.randomUUID();
  const en = await second.post(url, late, { 'accept-language': 'en', 'idempotency-key': key });
  expect(en).toMatchObject(said);
  expect(en.body['detail']).toMatch(/^Name of zhang has decided on .* v1 already, at .* \+08:00: rejected\.$/);
});
