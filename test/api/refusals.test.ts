/** What is refused to somebody who has signed in stands in the journal, with the request by which the log is found; a flood fills no table. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { NOTED_AN_HOUR } from '../../api/problems/refusals.ts';
import { useApi } from './support/api.ts';
import { useEngine } from './support/engine.ts';
import { openRepair, surveyForm } from './support/stories.ts';

const office = useEngine();
const api = useApi(office);

interface Noted {
  readonly [name: string]: unknown;
}
async function noted(person: string): Promise<Noted[]> {
  const rows = await office.db
    .selectFrom('journal')
    .select('body')
    .where('person', '=', person)
    .where('chain', 'like', 'refusal:%')
    .orderBy('seq')
    .execute();
  return rows.map(({ body }) => JSON.parse(body) as Noted);
}

test('a role that may not open, a route that is an administrator’s, a token where somebody has to be there', async () => {
  const team = await api.withPacks('team', { 's3-cs19': ['repairTeam'] });
  const answers = [
    await team.post('/api/cases', { pack: 's3-cs19', kind: 'repair', form: { channel: 'hotline' } }),
    await team.get('/api/people'),
  ];
  expect(answers.map(({ status, body }) => [status, body['code']])).toEqual([
    [403, 'wrong-role'],
    [403, 'not-allowed'],
  ]);
  const root = await api.withPacks('root', { redress: ['administrator'] });
  const stale = await root.post('/api/people/team/name', { name: '队' });
  expect(stale.body['code']).toBe('fresh-sign-in');
  expect(await noted('team')).toMatchObject([
    { code: 'wrong-role', route: 'POST /api/cases', request: answers[0]!.body['traceId'] },
    { code: 'not-allowed', route: 'GET /api/people', request: answers[1]!.body['traceId'] },
  ]);
  expect(await noted('root')).toMatchObject([{ code: 'fresh-sign-in', request: stale.body['traceId'] }]);
});

test('what the case refuses is noted once, with its request', async () => {
  const number = await openRepair(api);
  const clerk = await api.withPacks('other-clerk', { 's3-cs19': ['recordsClerk'] });
  const key = randomUUID();
  const refused = await clerk.post(`/api/cases/${number}/steps/survey`, { form: surveyForm }, { 'idempotency-key': key });
  expect(refused.status).toBe(403);
  expect(await noted('other-clerk')).toMatchObject([{ case: number, key, request: refused.body['traceId'] }]);
});

test('nobody signed in, or nothing that somebody may not: nothing; a flood leaves one word that more was left out', async () => {
  await api.anybody.get('/api/people');
  const nosy = await api.withPacks('nosy', { 's3-cs19': ['recordsClerk'] });
  await nosy.get('/api/cases/XX-2026-000001');
  expect(await noted('nosy')).toEqual([]);
  for (let i = 0; i < NOTED_AN_HOUR + 5; i += 1) await nosy.get('/api/people');
  const all = await noted('nosy');
  expect(all).toHaveLength(NOTED_AN_HOUR);
  expect(all.filter(({ rest }) => rest === 'left out')).toHaveLength(1);
  expect(all.at(-1)).toMatchObject({ rest: 'left out' });
});
