/** A pack from proposal to force and out of it again, through the API, as its people would. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { loadPack } from '../../packs/load.ts';
import { useApi, type Answer, type Caller } from './support/api.ts';
import { useEngine } from './support/engine.ts';
import { openRepair, surveyForm } from './support/stories.ts';

const office = useEngine();
const api = useApi(office);
const yaml = readFileSync(new URL('../../packs/s3-cs19/pack.yaml', import.meta.url), 'utf8');
/** The shipped procedure with a survey within so many working days. */
const candidate = (version: string, days: number): string =>
  yaml
    .replace('version: 1.0.1', `version: ${version}`)
    .replace(/(survey: \{ zh: )现场勘察(, en: joint survey, kind: workdays, n: )1/, `$1现场勘察${days}日$2${days}`)
    .replace('- { name: signedBy', `- { name: remark${days}, type: text, zh: 备注, en: remark }\n      - { name: signedBy`);

let drafter: Caller;
let manager: Caller;
let general: Caller;
beforeAll(async () => {
  drafter = await api.withPacks('p-drafter', { 's1-eval': ['serviceDepartment', 'manager', 'generalManager'] });
  manager = await api.withPacks('p-manager', { 's1-eval': ['manager'] });
  general = await api.withPacks('p-general', { 's1-eval': ['generalManager'], 's3-cs19': ['generalManager'] });
});

const propose = (by: Caller, body: Record<string, unknown>, key: string = randomUUID(), id = 's3-cs19'): Promise<Answer> =>
  by.post(`/api/packs/${id}/proposals`, { reason: '客户要求', ...body }, { 'idempotency-key': key });
const decide = (by: Caller, number: string, act: 'review' | 'approve', form: Record<string, unknown> = {}): Promise<Answer> =>
  by.post(`/api/cases/${number}/steps/pack.${act}`, { form: { decision: 'approve', version: 1, ...form } });
async function versions(): Promise<[string, string][]> {
  const { body } = await drafter.get('/api/packs/s3-cs19/versions');
  return body['items'].map((v: { version: string; standing: string }) => [v.version, v.standing]);
}
const versionOf = async (number: string) => (await (await api.as('customerService')).get(`/api/cases/${number}`)).body['packVersion'];

test('from proposal to force: a new case uses the new version, an open one keeps its labels, forms and limits', async () => {
  const old = await openRepair(api);
  const key = randomUUID();
  const proposed = await propose(drafter, { yaml: candidate('1.1.0', 2) }, key);
  expect(proposed).toMatchObject({ status: 201, body: { status: 'decided', number: expect.stringMatching(/^EVAL-/) } });
  const { number } = proposed.body;
  expect((await propose(drafter, { yaml: candidate('1.1.0', 2) }, key)).body['number']).toBe(number);
  await expect.poll(versions).toEqual([
    ['1.1.0', 'proposed'],
    ['1.0.1', 'active'],
  ]);
  const { body: diff } = await manager.get('/api/packs/s3-cs19/diff?from=1.0.1&to=1.1.0');
  expect(diff['items']).toContainEqual({ path: 'limits.survey.n', from: 1, to: 2 });
  expect((await manager.get('/api/packs/s3-cs19/versions/1.1.0')).body).toMatchObject({ id: 's3-cs19', version: '1.1.0' });
  const inbox = (await manager.get('/api/tasks')).body['items'].find((task: { case: string }) => task.case === number);
  expect(inbox).toMatchObject({ step: 'pack.review', label: { zh: '经理审核' }, dueAt: expect.any(String) });
  const opening = (await manager.get(`/api/cases/${number}/events`)).body['items'][0].data.documentHash;
  expect((await manager.get(`/api/cases/${number}/documents/${opening}`)).text).toContain('limits.survey.n: 1 → 2');

  expect(await decide(general, number, 'approve')).toMatchObject({ status: 409, body: { code: 'task-not-open' } });
  expect(await decide(drafter, number, 'review')).toMatchObject({ status: 403, body: { code: 'contributor-cannot-approve' } });
  expect(await decide(general, number, 'review')).toMatchObject({ status: 403, body: { code: 'wrong-role' } });
  expect((await decide(manager, number, 'review')).status).toBe(200);
  expect(await decide(drafter, number, 'approve')).toMatchObject({ status: 403, body: { code: 'contributor-cannot-approve' } });
  expect(await decide(general, number, 'approve', { version: 2 })).toMatchObject({ status: 409, body: { code: 'stale-version' } });
  expect((await decide(general, number, 'approve')).status).toBe(200);
  await expect.poll(versions).toEqual([
    ['1.1.0', 'active'],
    ['1.0.1', 'superseded'],
  ]);

  const young = await openRepair(api);
  expect([await versionOf(old), await versionOf(young)]).toEqual(['1.0.1', '1.1.0']);
  const service = await api.as('customerService');
  const seen = async (of: string) => {
    const survey = (await service.get(`/api/cases/${of}/next`)).body['items'].find((item: { step: string }) => item.step === 'survey');
    const clock = (await service.get(`/api/cases/${of}/clocks/survey%231/why`)).body;
    return { label: clock['clock'].label.zh, n: clock['rule'].n, fields: survey.form.fields.map((f: { name: string }) => f.name) };
  };
  expect(await seen(old)).toMatchObject({ label: '现场勘察', n: 1, fields: expect.not.arrayContaining(['remark2']) });
  expect(await seen(young)).toMatchObject({ label: '现场勘察2日', n: 2, fields: expect.arrayContaining(['remark2']) });
  const survey = (of: string) => service.post(`/api/cases/${of}/steps/survey`, { form: { ...surveyForm, remark2: '新栏' } });
  expect(await survey(old)).toMatchObject({ status: 422, body: { errors: [{ path: 'remark2' }] } });
  expect((await survey(young)).status).toBe(200);
});

test('what is wrong with a candidate is said all at once, with its place and remedy, and nothing is stored', async () => {
  const before = await versions();
  const bad = candidate('2.0.0', 2).replace('n: 2,', 'n: 0,').replace('calendar: cn', 'calendar: mars');
  const answer = await propose(drafter, { yaml: bad });
  expect(answer).toMatchObject({ status: 422, body: { code: 'bad-pack', errors: [{ path: 'limits.survey.n' }] } });
  expect(answer.body['errors'][0].message).toMatch(
    /^制度包的 第\d+行 limits\.survey\.n 有误，请更正后重新提交（英文说明：is 0; right would be /,
  );
  expect((await propose(drafter, { yaml: candidate('2.0.0', 2).replace('calendar: cn', 'calendar: mars') })).body).toMatchObject({
    errors: [{ path: 'calendar' }],
  });
  const lacking = candidate('2.0.0', 2).replaceAll(/^ {2}builderNotice: .*\n/gm, '');
  expect((await propose(drafter, { yaml: lacking })).body).toMatchObject({ code: 'bad-pack', errors: [{ path: 'steps.builderNotice' }] });
  expect((await propose(drafter, { yaml: 'a: [' })).body['code']).toBe('bad-pack');
  expect((await propose(drafter, { pack: { id: 's3-cs19' } })).body['errors'].length).toBeGreaterThan(5);
  expect((await propose(drafter, { yaml: candidate('2.0.0', 2) }, randomUUID(), 's3-cs19-demo')).body).toMatchObject({
    errors: [{ path: 'id' }],
  });
  expect(await propose(drafter, {})).toMatchObject({ status: 400, body: { code: 'bad-request' } });
  expect(await propose(drafter, { yaml: 'x'.repeat(300_000) })).toMatchObject({ status: 413, body: { code: 'body-too-large' } });
  expect(await propose(drafter, { yaml: candidate('1.1.0', 9) })).toMatchObject({ status: 409, body: { code: 'version-taken' } });
  expect(await propose(drafter, { yaml })).toMatchObject({ status: 409, body: { code: 'version-taken' } });
  expect(await propose(manager, { yaml: candidate('2.0.0', 2) })).toMatchObject({ status: 403, body: { code: 'wrong-role' } });
  expect(await propose(await api.as('generalManager'), { yaml })).toMatchObject({ status: 403, body: { code: 'wrong-role' } });
  expect(await versions()).toEqual(before);
});

test('a rejected draft comes back and its next one is sent to the same case; meanwhile there is no second proposal', async () => {
  const { number } = (await propose(drafter, { yaml: candidate('1.2.0', 3) })).body;
  await expect.poll(async () => (await versions())[0]).toEqual(['1.2.0', 'proposed']);
  expect(await propose(drafter, { yaml: candidate('1.3.0', 4) })).toMatchObject({ status: 409, body: { code: 'proposal-open' } });
  expect(await decide(manager, number, 'review', { decision: 'reject' })).toMatchObject({ status: 422, body: { code: 'reason-missing' } });
  expect((await decide(manager, number, 'review', { decision: 'reject', reason: '三日太长' })).status).toBe(200);
  const next = await propose(drafter, { yaml: candidate('1.2.0', 4), case: number, activeFrom: '2099-01-01 00:00' });
  expect(next).toMatchObject({ status: 200, body: { number } });
  await decide(manager, number, 'review', { version: 2 });
  await decide(general, number, 'approve', { version: 2 });
  await expect.poll(versions).toEqual([
    ['1.2.0', 'scheduled'],
    ['1.2.0', 'rejected'],
    ['1.1.0', 'active'],
    ['1.0.1', 'superseded'],
  ]);
  const items = (await drafter.get('/api/packs/s3-cs19/versions')).body['items'];
  expect(items[0]).toMatchObject({ activeFrom: '2099-01-01T00:00:00+08:00', case: number, reason: '客户要求' });
  expect((await openRepair(api)).length).toBeGreaterThan(0);
  expect((await manager.get(`/api/packs/s3-cs19/versions/1.2.0`)).body['hash']).toBe(items[0].hash);
  expect((await manager.get('/api/packs/s3-cs19/versions/9.9.9')).status).toBe(404);
  expect((await manager.get('/api/packs/s9-none/versions')).status).toBe(404);
  expect((await (await api.withPacks('p-other', { other: ['x'] })).get('/api/packs/s3-cs19/versions')).status).toBe(404);
});

test('an emergency withdrawal takes hold with its answer; open cases go on, and without any version no case is opened', async () => {
  const running = await openRepair(api);
  const withdraw = (by: Caller, body: Record<string, unknown> = {}, id = 's3-cs19', key: string = randomUUID()) =>
    by.post(`/api/packs/${id}/withdrawals`, { reason: '期限有误', ...body }, { 'idempotency-key': key });
  expect(await withdraw(manager)).toMatchObject({ status: 403, body: { code: 'wrong-role' } });
  expect(await withdraw(general, { reason: '' })).toMatchObject({ status: 400 });
  expect(await withdraw(general, {}, 's9-none')).toMatchObject({ status: 404 });
  expect(await withdraw(general, {}, 's1-eval')).toMatchObject({ status: 409, body: { code: 'last-governance' } });
  const key = randomUUID();
  const first = await withdraw(general, {}, 's3-cs19', key);
  expect(first.status).toBe(201);
  expect(await versionOf(await openRepair(api))).toBe('1.0.1');
  expect((await withdraw(general, {}, 's3-cs19', key)).body['number']).toBe(first.body['number']);
  expect(await versionOf(await openRepair(api))).toBe('1.0.1');
  expect((await withdraw(general, { version: '1.0.1' })).status).toBe(201);
  const clerk = await api.as('recordsClerk');
  const opening = { pack: 's3-cs19', kind: 'repair', form: { channel: 'hotline' } };
  const refused = await clerk.post('/api/cases', opening, { 'accept-language': 'en' });
  expect(refused).toMatchObject({
    status: 409,
    body: { code: 'pack-not-active', detail: expect.stringContaining('withdrawn, or begins later') },
  });
  expect((await withdraw(general)).body['code']).toBe('pack-not-active');
  const survey = await (await api.as('customerService')).post(`/api/cases/${running}/steps/survey`, { form: surveyForm });
  expect(survey.status).toBe(200);
  expect((await (await api.as('serviceManager')).get('/api/packs/s3-cs19')).body['version']).toBeDefined();
  expect(loadPack('s3-cs19').version).toBe('1.0.1');
});
