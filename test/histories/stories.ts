/** Every branch a repair can take, as messages in real time. The kept histories are named after these. */
import type { Attached } from '../../desk/index.ts';
import type { Pack } from '../../domain/pack.ts';

type Form = Record<string, unknown>;
export type Step = readonly [role: string, step: string, form: Form, how?: { readonly async?: true; readonly daysAgo?: number; readonly attached?: Attached; readonly person?: string }];

export interface Story {
  readonly name: string;
  /** Default: repair. */
  readonly kind?: string;
  readonly open?: Form;
  /** Instead of a repair or complaint of S3-CS19. */
  readonly opening?: { readonly pack: string; readonly kind: string; readonly by: string; readonly form: Form; readonly attached?: Attached };
  /** Dated back: what is late breaches at once. */
  readonly daysAgo?: number;
  readonly past?: true;
  readonly cancel?: true;
  /** When it is open, a newer version of the pack and a newer calendar come into force. */
  readonly newer?: true;
  /** Comes into force before it is opened. */
  readonly inForce?: Pack;
  readonly steps: readonly Step[];
}

const signed = ['customerService', 'property', 'teamLeader', 'builder'];
const accepted = ['customerService', 'property', 'teamLeader'];
const approve = (version = 1): Form => ({ decision: 'approve', version });
const survey = (more: Form = {}): Step => ['customerService', 'survey', { trades: 'single', responsible: 'builder', signedBy: signed, ...more }];
const managerApproves: Step = ['serviceManager', 'estimate.approve', approve()];
const deputyApproves: Step[] = [['deputyChiefEngineer', 'estimate.review', approve()], ['deputyGeneralManager', 'estimate.approve', approve()]];
const completed: Step = ['customerService', 'completion', { acceptedBy: accepted, customerSigned: true }];
const satisfied: Step = ['recordsClerk', 'followUp', { satisfied: true }];
const repaired: Step[] = [survey(), managerApproves, completed, satisfied];
const settled = (amount: string, by = 'customerService'): Step[] => [[by, 'audit', { auditedAmount: amount }], ['customerService', 'settlement', {}]];
const confirmed: Step[] = [['auditDepartment', 'builderNotice', {}], ['auditDepartment', 'builderConfirmation', { confirmed: true }]];
const determined: Step = ['deputyChiefEngineer', 'determination', approve()];
const paid = (amount: string): Step => ['finance', 'payment', { paid: amount }];
const end: Step[] = [['teamLeader', 'finalAccount', { amount: '780.00' }], ...settled('780.00'), ...confirmed, determined, paid('780.00')];
const inThreeDays = (): string => new Date(Date.now() + 30 * 86_400_000).toISOString();

export const stories: readonly Story[] = [
  { name: 'class-a-to-the-end-with-shortfall', open: { unit: 'U1' }, steps: [...repaired, ...end] },
  {
    name: 'class-b-overrun-rejected-then-cut', open: { provisionalEstimate: '6000.00' },
    steps: [
      survey({ trades: 'multi', responsible: 'company' }), ...deputyApproves, completed, satisfied, ['teamLeader', 'finalAccount', { amount: '12300.00' }],
      ['deputyChiefEngineer', 'finalAccount.review', approve()], ['generalManager', 'finalAccount.approve', { decision: 'reject', version: 1, reason: '超支' }],
      ['teamLeader', 'finalAccount', { amount: '11900.00' }], ['deputyChiefEngineer', 'finalAccount.review', approve(2)], ['generalManager', 'finalAccount.approve', approve(2)],
      ...settled('11900.00'), determined, paid('11900.00'),
    ],
  },
  {
    name: 'estimate-rejected-and-revised', open: { provisionalEstimate: '1000.01' },
    steps: [
      survey(), ['deputyChiefEngineer', 'estimate.review', { decision: 'reject', version: 1, reason: '不明' }], ['teamLeader', 'estimate', { amount: '1000.01' }],
      ['deputyChiefEngineer', 'estimate.review', approve(2)], ['customerService', 'estimate', { amount: '900.00' }], ['serviceManager', 'estimate.approve', approve(3)], completed,
    ],
  },
  { name: 'passed-on-twice-with-feedback', steps: [['customerService', 'route', { department: 'engineering' }], ['customerService', 'route', { department: 'design' }], ['design', 'departmentFeedback', { result: '已处理' }], ['recordsClerk', 'registerNote', { note: '跟踪' }]] },
  { name: 'extended-with-consent', steps: [survey({ complex: true }), ['customerService', 'extend', { until: inThreeDays(), complex: true, consentAt: new Date(Date.now() - 1000).toISOString(), evidence: '短信' }], managerApproves, completed] },
  { name: 'handed-to-the-builder-then-round-two', steps: [survey(), managerApproves, ['teamLeader', 'handOver', { reason: '无法处理' }], ['engineering', 'urgeBuilder', {}], completed, ['recordsClerk', 'followUp', { satisfied: false }], survey(), completed, satisfied] },
  { name: 'builders-dispute', open: { provisionalEstimate: '800.00', unit: 'U1' }, steps: [...repaired, ['teamLeader', 'finalAccount', { amount: '780.00' }], ...settled('780.00'), ['auditDepartment', 'builderNotice', {}], ['auditDepartment', 'builderConfirmation', { confirmed: false, reason: '异议' }], ['auditDepartment', 'builderConfirmation', { confirmed: true }], determined, paid('780.00')] },
  { name: 'builder-absent-after-invitation', open: { provisionalEstimate: '600.00' }, steps: [['customerService', 'inviteBuilder', { invitedFor: new Date(Date.now() - 500).toISOString() }], survey({ signedBy: accepted, absent: ['builder'] })] },
  { name: 'audited-at-the-bound', open: { provisionalEstimate: '20000.00' }, steps: [survey(), ['deputyChiefEngineer', 'estimate.review', approve()], ['generalManager', 'estimate.approve', approve()], completed, satisfied, ['teamLeader', 'finalAccount', { amount: '20000.00' }], ...settled('20000.00', 'auditDepartment')] },
  { name: 'nudged-by-both-sides', steps: [['recordsClerk', 'nudge', { task: 'survey#1', from: 'customer', note: '再次来电' }], ['customerService', 'nudge', { task: 'survey#1', from: 'coordinator' }], survey()] },
  { name: 'withdrawn', steps: [['recordsClerk', 'withdraw', { reason: '撤回', evidence: '录音' }]] },
  { name: 'duplicate-of-another', steps: [survey(), ['customerService', 'duplicate', { of: 'CS19-2026-000001', reason: '重复' }]] },
  { name: 'opened-in-error', steps: [['serviceManager', 'openedInError', { reason: '误建', evidence: '说明' }]] },
  { name: 'cancelled-by-an-operator', cancel: true, steps: [survey()] },
  { name: 'by-signals-alone', steps: repaired.map(([role, step, form]): Step => [role, step, form, { async: true }]) },
  { name: 'assigned-and-reassigned', steps: [['customerService', 'assign', { task: 'survey#1', person: 'a' }], ['serviceManager', 'assign', { task: 'survey#1', person: 'customerService' }], survey()] },
  { name: 'entered-late-and-escalated', daysAgo: 10, steps: [survey(), managerApproves] },
  { name: 'late-note-then-one-in-time', kind: 'other', daysAgo: 20, steps: [['recordsClerk', 'registerNote', { note: '迟' }, { daysAgo: 1 }], ['recordsClerk', 'registerNote', { note: '当日' }, { daysAgo: 19 }]] },
  { name: 'excused-by-a-fact-dated-in-time', daysAgo: 10, steps: [['customerService', 'survey', { trades: 'single', responsible: 'builder', signedBy: signed }, { daysAgo: 10 }]] },
  { name: 'severity-raised-and-lowered', steps: [['customerService', 'severity', { severity: 'major' }], ['customerService', 'severity', { severity: 'ordinary', note: '核实' }]] },
  {
    name: 'major-to-the-end', kind: 'other',
    steps: [
      ['customerService', 'severity', { severity: 'major' }], ['generalManager', 'majorReport', {}], ['deputyGeneralManager', 'majorReport', {}],
      ['generalManager', 'majorMeasures', { departments: ['engineering'], measures: '排查' }], ['customerService', 'solution', { result: '已解决' }], ['recordsClerk', 'customerTold', { how: '电话' }],
      ['customerService', 'specialMeeting', { participants: ['customerService', 'generalManager'], decision: '整改', owner: 'engineering', dueAt: inThreeDays() }], ['customerService', 'specialReport', { report: '专题报告' }],
    ],
  },
  { name: 'difficult-after-major', kind: 'other', steps: [['customerService', 'severity', { severity: 'major' }], ['customerService', 'severity', { severity: 'difficult', note: '核实' }], ['customerService', 'earlyWarning', { warning: '联名' }]] },
  { name: 'equipment-after-a-year', kind: 'equipmentUse', open: { estate: 'east', equipment: 'lift-1' }, steps: [['property', 'equipmentUse', { condition: 'good', use: '正常' }], ['customerService', 'equipmentUsePassed', {}]] },
  { name: 'bonus-of-a-worker', kind: 'bonusEvaluation', open: { worker: 'teamLeader', from: '2026-01-01 00:00', to: '2026-03-31 23:59' }, steps: [['customerService', 'bonusEvaluation', { quality: 'good', attitude: 'good' }], ['serviceManager', 'bonusEvaluation.approve', approve()]] },
  { name: 'opinion-on-a-final-payment', kind: 'finalPayment', open: { builder: 'builder-a' }, steps: [['customerService', 'finalPaymentOpinion', { opinion: 'pay', repairs: '已完成', cooperation: '良好' }]] },
  { name: 'reclassed', open: { provisionalEstimate: '800.00' }, steps: [survey({ responsible: 'unclear' }), managerApproves, ['customerService', 'reclass', { orderClass: 'A', reason: '责任已定' }]] },
  { name: 'another-complaint', kind: 'other', steps: [['customerService', 'solution', { result: '已解决' }], ['recordsClerk', 'customerTold', { how: '电话' }]] },
  { name: 'rebased-to-newer-rules', newer: true, steps: [['serviceManager', 'rebase', { reason: '新制度' }], survey(), managerApproves] },
];
