/** CEM.A3: nobody hears of a case that does not concern them, whatever route they take; whom it begins to concern does. */
import { expect, test } from 'vitest';
import { useApi } from './support/api.ts';
import { useEngine } from './support/engine.ts';
import { openRepair, step, surveyForm } from './support/stories.ts';

const api = useApi(useEngine());

const list = async (role: string): Promise<string[]> =>
  ((await (await api.as(role)).get('/api/cases?limit=100')).body['items'] as { number: string }[]).map((c) => c.number);

test('a department sees a case from when it is passed to it, and no other department does [STD.A1]', async () => {
  const number = await openRepair(api);
  const hash = String((await (await api.as('recordsClerk')).get(`/api/cases/${number}/events`)).body['items'][0].data.documentHash);
  const paths = ['', '/events', '/next', `/documents/${hash}`, '/why', '/clocks/survey%231/why'].map(
    (path) => `/api/cases/${number}${path}`,
  );
  const statuses = async (role: string): Promise<number[]> => {
    const caller = await api.as(role);
    return Promise.all(paths.map(async (path) => (await caller.get(path)).status));
  };

  expect(await statuses('design')).toEqual(paths.map(() => 404));
  expect(await list('design')).not.toContain(number);
  const answer = await (await api.as('design')).post(`/api/cases/${number}/steps/survey`, { form: surveyForm });
  expect(answer.status).toBe(404);

  await step(api, number, 'customerService', 'route', { department: 'design' });
  expect(await statuses('design')).toEqual(paths.map(() => 200));
  expect(await list('design')).toContain(number);
  expect(await statuses('legalCentre')).toEqual(paths.map(() => 404));
  expect(await list('legalCentre')).not.toContain(number);
});

test('coordinators, the general manager and whoever opened it see it from the beginning', async () => {
  const number = await openRepair(api);
  for (const role of ['customerService', 'serviceManager', 'generalManager', 'recordsClerk']) {
    expect(await list(role)).toContain(number);
  }
});
