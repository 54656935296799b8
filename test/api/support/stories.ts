/** A repair told through the API, step by step. */
import type { Api, Answer } from './api.ts';

export const surveyForm = {
  trades: 'single',
  signedBy: ['客户服务部', '物业公司', '维修队长', '施工单位'],
  responsible: 'company',
  estimate: '800.00',
  findings: 'a pipe behind the wall',
};

/** Opens a repair; `occurredAt` in Beijing time. */
export async function openRepair(api: Api, more: Record<string, unknown> = {}, form: Record<string, unknown> = {}): Promise<string> {
  const clerk = await api.as('recordsClerk');
  const answer = await clerk.post('/api/cases', {
    pack: 's3-cs19',
    kind: 'repair',
    form: { channel: 'hotline', summary: 'water in the kitchen', ...form },
    ...more,
  });
  if (answer.status !== 201) throw new Error(answer.text);
  return String(answer.body['number']);
}

/** Answers a step in one role; throws unless it was decided. */
export async function step(api: Api, number: string, role: string, name: string, form: Record<string, unknown>): Promise<Answer> {
  const answer = await (await api.as(role)).post(`/api/cases/${number}/steps/${name}`, { form });
  if (answer.status !== 200) throw new Error(answer.text);
  return answer;
}
