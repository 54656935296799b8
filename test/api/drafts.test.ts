/** Drafts: any part of a form, each person's own, gone when the answer is taken, and never in the record. */
import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { useApi } from './support/api.ts';
import { useEngine } from './support/engine.ts';
import { openRepair, surveyForm } from './support/stories.ts';

const engine = useEngine();
const api = useApi(engine);
const at = (number: string, step = 'survey'): string => `/api/cases/${number}/drafts/${step}`;

test('any part of a form is kept, with what is missing and what is wrong so far', async () => {
  const number = await openRepair(api);
  const handler = await api.as('customerService');
  const kept = await handler.send(
    'PUT',
    at(number),
    { form: { findings: '墙内水管', estimate: 'eight hundred' } },
    { 'accept-language': 'en' },
  );
  expect(kept.status).toBe(200);
  expect(kept.body).toMatchObject({ about: number, what: 'survey', form: { findings: '墙内水管', estimate: 'eight hundred' } });
  const paths = (list: string) => (kept.body[list] as { path: string }[]).map(({ path }) => path);
  expect(paths('missing')).toEqual(expect.arrayContaining(['trades', 'responsible']));
  expect(paths('wrong')).toEqual(['estimate']);
  expect((await handler.get(at(number), { 'accept-language': 'en' })).body).toEqual(kept.body);

  const whole = await handler.send('PUT', at(number), { form: surveyForm });
  expect(whole.body).toMatchObject({ form: surveyForm, missing: [], wrong: [] });
  expect((await handler.get('/api/drafts')).body['items']).toMatchObject([{ about: number, what: 'survey' }]);
});

test('it is nobody else’s, not even of the same role, and stands in no record', async () => {
  const number = await openRepair(api);
  const secret = `secret ${randomUUID()}`;
  const handler = await api.as('customerService');
  await handler.send('PUT', at(number), { form: { findings: secret } });
  const colleague = await api.withPacks('colleague', { 's3-cs19': ['customerService'] });
  expect((await colleague.get(at(number))).status).toBe(404);
  expect((await colleague.get('/api/drafts')).body['items']).toEqual([]);
  expect((await (await api.as('design')).send('PUT', at(number), { form: {} })).status).toBe(404);
  expect((await handler.send('PUT', at(number, 'noSuchStep'), { form: {} })).status).toBe(404);
  expect((await handler.get(`/api/cases/${number}/events`)).text).not.toContain(secret);
  const { rows } = await engine.owner.executeQuery<{ n: string }>({
    ...engine.owner
      .selectFrom('document')
      .select((x) => x.fn.countAll().as('n'))
      .where('body', 'like', `%${secret}%`)
      .compile(),
  });
  expect(Number(rows[0]?.n)).toBe(0);
});

test('it is gone when the answer is taken, stays when it is refused, and goes when it is thrown away', async () => {
  const number = await openRepair(api);
  const handler = await api.as('customerService');
  await handler.send('PUT', at(number), { form: { findings: 'x' } });
  const refused = await handler.post(`/api/cases/${number}/steps/survey`, { form: { ...surveyForm, signedBy: ['客户服务部'] } });
  expect(refused.status).toBe(422);
  expect((await handler.get(at(number))).status).toBe(200);
  expect((await handler.post(`/api/cases/${number}/steps/survey`, { form: surveyForm })).status).toBe(200);
  expect(await engine.owner.selectFrom('draft').select('id').where('about', '=', number).execute()).toEqual([]);

  await handler.send('PUT', at(number, 'registerNote'), { form: { note: 'x' } });
  expect((await handler.send('DELETE', at(number, 'registerNote'))).status).toBe(204);
  expect((await handler.get(at(number, 'registerNote'))).status).toBe(404);
});

test('an answer that is decided after its sender has gone takes the draft along', async () => {
  const number = await openRepair(api);
  const handler = await api.as('customerService');
  await handler.send('PUT', at(number), { form: { findings: 'x' } });
  const later = await handler.post(`/api/cases/${number}/steps/survey`, { form: surveyForm }, { prefer: 'respond-async' });
  expect(later.status).toBe(202);
  await vi.waitFor(async () => expect((await handler.get(at(number))).status).toBe(404), { timeout: 20_000, interval: 100 });
  await handler.send('PUT', at(number), { form: { findings: 'for the next time' } });
  expect((await handler.get(at(number))).status).toBe(200);
});

test('an opening has a draft as well; it is gone when the case is opened', async () => {
  const clerk = await api.as('recordsClerk');
  const place = '/api/drafts/s3-cs19/repair';
  const kept = await clerk.send('PUT', place, { form: { summary: '厨房漏水' } });
  expect(kept.body).toMatchObject({
    about: 's3-cs19',
    what: 'repair',
    missing: [],
  });
  expect((await clerk.get(place)).body).toMatchObject({ form: { summary: '厨房漏水' } });
  expect((await (await api.withPacks('outsider', { 's2-cement': ['market'] })).get(place)).status).toBe(404);
  await openRepair(api);
  expect((await clerk.get(place)).status).toBe(404);
});
