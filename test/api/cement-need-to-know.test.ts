/** 「处理人员不得将投诉及处理事宜告知不相关人员」: the same rule in the cement maker's pack, by every route. */
import { expect, test } from 'vitest';
import { useApi, type Caller } from './support/api.ts';
import { useEngine } from './support/engine.ts';

const api = useApi(useEngine());
const as = (role: string): Promise<Caller> => api.withPacks(`cement.${role}`, { 's2-cement': [role] });

async function open(): Promise<string> {
  const answer = await (
    await as('quality')
  ).post('/api/cases', { pack: 's2-cement', kind: 'other', form: { complainant: '甲', content: '送货服务' } });
  expect(answer.status).toBe(201);
  return String(answer.body['number']);
}

const listed = async (caller: Caller): Promise<string[]> =>
  ((await caller.get('/api/cases?pack=s2-cement&limit=100')).body['items'] as { number: string }[]).map((one) => one.number);

test('who has no part in a complaint finds none, nor in a list, and answers none; from when it is told it does [CEM.A3]', async () => {
  const number = await open();
  const paths = ['', '/events', '/next', '/why'].map((path) => `/api/cases/${number}${path}`);
  const strangers = [await as('engineering'), await as('marketing'), await api.as('customerService')];
  for (const stranger of strangers) {
    expect(await Promise.all(paths.map(async (path) => (await stranger.get(path)).status))).toEqual(paths.map(() => 404));
    expect(await listed(stranger)).not.toContain(number);
    const answer = await stranger.post(`/api/cases/${number}/steps/telephoneReply`, { form: { reply: '好' } });
    expect(answer.status).toBe(404);
  }
  for (const concerned of ['quality', 'market', 'companyLeader']) expect(await listed(await as(concerned))).toContain(number);

  const told = { opinion: '包装', departments: ['marketing'] };
  expect((await (await as('market')).post(`/api/cases/${number}/steps/customerOpinion`, { form: told })).status).toBe(200);
  expect(await listed(await as('marketing'))).toContain(number);
  expect(await listed(await as('engineering'))).not.toContain(number);
});
