/** Who writes, who negotiates, what is another person or another case: what the flow of a feedback rests on, in its pack. */
import { expect, test } from 'vitest';
import { resolveRole } from '../../../domain/pack.ts';
import { loadPack } from '../../../packs/load.ts';
import { answers, kept } from './asked.ts';

const pack = loadPack('s4-feedback');

test('[FB.R2] one of three ranks writes to the customer, and nobody else', () => {
  const ranks = ['业务经理', '部门经理', '业务总经理'].map((name) => resolveRole(pack, name));
  expect(pack.rules.steps['letter']?.by).toEqual(ranks);
  expect(pack.rules.limits['letter']).toMatchObject({ kind: 'workdays', n: 2 });
});

test('[FB.R7 FB.X2] the office negotiates and calls the meeting; the business department stays the channel', () => {
  expect(answers(pack, '办公室')).toEqual(expect.arrayContaining(['negotiation', 'qualityMeeting']));
  expect(answers(pack, '业务部')).toContain('negotiation');
  expect(answers(pack, '办公室')).not.toContain('resultTold');
});

test('[FB.F1] the registration form holds what was said and how it was handled', () => {
  const said = { content: '接口漏液', customerName: '某医院', class: 'complaint', phase: 'after', channel: 'telephone' };
  expect(kept(pack, 'feedback', said)).toEqual(said);
  expect(kept(pack, 'feedback', { ...said, content: undefined })).toEqual(['content']);
  const done = { handling: '更换并检测', result: '顾客满意', responsible: 'quality', person: 'li.na' };
  expect(kept(pack, 'filing', done)).toEqual(done);
  expect(kept(pack, 'filing', { responsible: 'quality' })).toEqual(['handling', 'result']);
});

test('[FB.K6] a feedback is justified or not, and why not', () => {
  expect(kept(pack, 'judgement', {})).toEqual(['justified']);
  expect(kept(pack, 'judgement', { justified: true })).toEqual({ justified: true });
  expect(kept(pack, 'judgement', { justified: false })).toEqual(['reason']);
});

test('[FB.K7] adverse event and recall are cases of their own, without a closing limit', () => {
  expect(pack.kinds).toMatchObject({ adverseEvent: { workflow: 'adverseEvent' }, recall: { workflow: 'recall' } });
  expect(pack.rules.withoutClosure).toEqual(expect.arrayContaining(['adverseEvent', 'recall']));
});

test("[FB.X5] the general manager's time is a limit of its own, beside the ten days for the plan", () => {
  expect(pack.rules.steps['plan.approve']?.limit).toBe('generalManagerDecision');
  expect(pack.rules.limits['generalManagerDecision']).toMatchObject({ kind: 'workdays', n: 2 });
  expect(pack.rules.limits['plan']).toMatchObject({ kind: 'workdays', n: 10 });
});

test('[FB.X6] 业务总经理 is not 总经理: he writes letters and decides no plan', () => {
  expect(resolveRole(pack, '业务总经理')).not.toBe(resolveRole(pack, '总经理'));
  expect(answers(pack, '业务总经理')).toContain('letter');
  expect(answers(pack, '业务总经理')).not.toContain('plan.approve');
});

test('[CEM.K1] by cause: quality, not quality, other; all three go the same way', () => {
  const cement = loadPack('s2-cement');
  const complaints = ['quality', 'nonQuality', 'other'].map((kind) => cement.kinds[kind]);
  expect(complaints.map((kind) => kind?.zh)).toEqual(['质量异常投诉', '非质量异常投诉', '其它原因投诉']);
  expect(new Set(complaints.map((kind) => `${kind?.workflow} ${kind?.form}`))).toEqual(new Set(['cementComplaint register']));
});
