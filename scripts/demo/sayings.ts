/** What people of the demo company say, step by step. `after` is in hours after the opening. */
import type { Hours, Saying } from './story.ts';

const parties = ['customerService', 'property', 'teamLeader', 'builder'];

export const survey = (after: Hours, estimate: string, more: Record<string, unknown> = {}): Saying => ({
  after,
  by: 'customerService',
  step: 'survey',
  form: { trades: 'single', signedBy: parties, responsible: 'company', estimate, findings: '现场查看属实', ...more },
});

const approve = { decision: 'approve', version: 1 };
export const review = (after: Hours): Saying => ({ after, by: 'deputyChiefEngineer', step: 'estimate.review', form: approve });
export const approval = (after: Hours, by: 'serviceManager' | 'deputyGeneralManager' | 'generalManager'): Saying => ({
  after,
  by,
  step: 'estimate.approve',
  form: approve,
});

export const completion = (after: Hours): Saying => ({
  after,
  by: 'customerService',
  step: 'completion',
  form: { acceptedBy: ['customerService', 'property', 'teamLeader'], customerSigned: true, customerOpinion: 'satisfied' },
});

export const call = (after: Hours, satisfied = true): Saying => ({
  after,
  by: 'recordsClerk',
  step: 'followUp',
  form: { satisfied, degree: satisfied ? 'satisfied' : 'dissatisfied', remark: satisfied ? '已修好' : '又漏水了' },
});

export const account = (after: Hours, amount: string): Saying => ({ after, by: 'teamLeader', step: 'finalAccount', form: { amount } });

/** By the second person in customer service, or from the bound on by the audit department. */
export const audit = (after: Hours, auditedAmount: string): Saying => ({
  after,
  by: 'customerService',
  as: 'jiang-lan',
  step: 'audit',
  form: { auditedAmount },
});
export const settlement = (after: Hours): Saying => ({ after, by: 'customerService', step: 'settlement', form: {} });
export const notice = (after: Hours): Saying => ({
  after,
  by: 'auditDepartment',
  step: 'builderNotice',
  form: { note: '审核结果已通知施工单位' },
});
export const confirmation = (after: Hours, confirmed: boolean): Saying => ({
  after,
  by: 'auditDepartment',
  step: 'builderConfirmation',
  form: confirmed ? { confirmed } : { confirmed, reason: '施工单位认为属使用不当' },
});
export const determination = (after: Hours): Saying => ({ after, by: 'deputyChiefEngineer', step: 'determination', form: approve });
export const payment = (after: Hours, paid: string): Saying => ({ after, by: 'finance', step: 'payment', form: { paid } });
