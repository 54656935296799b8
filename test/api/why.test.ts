/** Why deadlines are as they are, and what was known at an instant. */
import { expect, test } from 'vitest';
import { useApi } from './support/api.ts';
import { useEngine } from './support/engine.ts';
import { openRepair, step, surveyForm } from './support/stories.ts';

const office = useEngine();
const api = useApi(office);

interface Known {
  readonly seq: number;
  readonly breaches: number;
  readonly clocks: { clock: { id: string; status: string; dueAt: string }; lines: string[] }[];
  readonly tasks: { step: string }[];
  readonly told: { kind: string; roles: string[]; clock: string }[];
}

test('a case explains each deadline, and what it knew before its last step', async () => {
  const number = await openRepair(api, { occurredAt: '2026-09-18 10:00' }); // entered late: broken at once
  const clerk = await api.as('recordsClerk');
  const before = new Date().toISOString();
  await step(api, number, 'customerService', 'survey', surveyForm);

  const now = (await clerk.get(`/api/cases/${number}/why`)).body as unknown as Known;
  const survey = now.clocks.find((one) => one.clock.id === 'survey#1');
  expect(survey?.clock).toMatchObject({ status: 'breached', dueAt: '2026-09-21T00:00:00+08:00' });
  const lines = survey?.lines.join('\n');
  expect(lines).toMatch(/2026-09-20 周日 调休上班,第 1[^]*到期:2026-09-20 24:00:00[^]*超时:2026-09-20 24:00:00\n[^]*升级至 总经理[^]*迟:/);
  expect(now.tasks.map((task) => task.step)).toContain('estimate.approve');

  const then = (await clerk.get(`/api/cases/${number}/why?lang=en&at=${encodeURIComponent(before)}`)).body as unknown as Known;
  expect(then.seq).toBeLessThan(now.seq);
  expect(then.breaches).toBe(now.breaches);
  expect(then.tasks.map((task) => task.step)).toContain('survey');
  expect(then.clocks.map((one) => one.clock.id)).not.toContain('approval#1');
  const earlier = then.clocks.find((one) => one.clock.id === 'survey#1')?.lines.join('\n');
  expect(earlier).toMatch(/make-up workday, number 1[^]*broken: 2026-09-20 24:00:00[^]*escalated to general manager/);
  expect(earlier).not.toContain('late:');
  expect(then.told).toEqual(
    expect.arrayContaining([expect.objectContaining({ kind: 'escalated', roles: ['generalManager'], clock: 'survey#1' })]),
  );
});

test('nobody knew of a case before it was received; an instant that is none is refused with its place', async () => {
  const number = await openRepair(api);
  const clerk = await api.as('recordsClerk');
  expect((await clerk.get(`/api/cases/${number}/why?at=2020-01-01%2000:00`)).status).toBe(404);
  const bad = await clerk.get(`/api/cases/${number}/why?at=tomorrow`);
  expect(bad.status).toBe(400);
  expect(JSON.stringify(bad.body)).toContain('at');
  expect((await clerk.get(`/api/cases/CS19-2026-999999/why`)).status).toBe(404);
});

test('a case explains its tier, who is asked, its class, and to who may see the account what is left', async () => {
  const finance = await api.as('finance');
  const decision = { reference: 'D-1', by: 'board', at: '2026-01-05 09:00', reason: '3.6' };
  expect((await finance.post('/api/accounts', { kind: 'fund', fund: 'repairTeam', decision })).status).toBe(201);
  await api.as('serviceManager');
  const number = await openRepair(api, {}, { provisionalEstimate: '1000.00' });
  await step(api, number, 'customerService', 'survey', { ...surveyForm, estimate: '1000.00' });
  const said = async (role: string, lang: string): Promise<string[]> => {
    const answer = await (await api.as(role)).get(`/api/cases/${number}/why?lang=${lang}`);
    expect(answer.status, answer.text).toBe(200);
    return (answer.body['money'] as { what: string; lines: string[] }[]).flatMap(({ lines }) => lines);
  };
  const zh = (await said('customerService', 'zh')).join('\n');
  expect(zh).toContain('按案合计 1,000.00 元');
  expect(zh).toContain('至 1,000.00 元(含)(3.6.1);恰为界限金额,归本档');
  expect(zh).toContain('批准:客户服务部经理(Name of serviceManager)');
  expect(zh).toContain('B 类:费用由公司承担');
  expect(zh).toContain('客户服务维修队工程周转金:尚余 100,000.00 元');
  expect((await said('recordsClerk', 'en')).join('\n')).not.toContain('working fund');
});
