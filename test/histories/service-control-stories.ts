/** The branches of S0-TS16949, as messages in real time. */
import type { Step, Story } from './stories.ts';

const approve = (version = 1) => ({ decision: 'approve', version });
const inAWeek = () => new Date(Date.now() + 7 * 86_400_000).toISOString();
const complaint = { complainant: '赵先生', complainedAt: new Date(Date.now() - 3_600_000).toISOString(), subject: '水泵', demand: '更换' };
const opened = (kind: string, form: Record<string, unknown>): Pick<Story, 'opening'> => ({ opening: { pack: 's0-ts16949', kind, by: 'marketing', form } });

const judged = (stands: boolean): Step => ['marketing', 'validity', { stands, reasonsSufficient: stands, demandReasonable: true, ...(stands ? {} : { reason: '使用不当' }) }];
const met: Step = ['marketing', 'meeting', { department: 'technical', acceptingUnit: '技术部', acceptingPerson: 'technical', personInCharge: 'technical', invited: ['technical', 'production'], participants: ['technical'], absent: ['production'], minutes: '略', dueAt: inAWeek() }];
const plan = (more: Record<string, unknown> = {}): Step => ['technical', 'plan', { cause: '老化', causedBy: '采购', plan: '更换', ...more }];
const head = (version = 1): Step => ['marketingHead', 'plan.approve', approve(version)];
const deputy = (version = 1): Step => ['deputyGeneralManager', 'plan.approve', approve(version)];
const done: Step[] = [['technical', 'carryOut', { result: '已更换', lossMadeGood: '已赔付' }], ['marketing', 'confirmation', { confirmed: true }]];
const told: Step = ['marketing', 'customerTold', { result: '已更换' }];
const summed: Step[] = [['marketing', 'summary', { summary: '经过', evaluation: '得当' }], ['marketing', 'filing', { complete: true }]];

const notice = { object: '电机', content: '维修', manner: '上门' };
const served = (more: Record<string, unknown> = {}): Step => ['serviceStaff', 'serviceRecord', { finishedAt: new Date(Date.now() - 3_600_000).toISOString(), content: '维修', customerFile: 'F-1', ...more }];

export const serviceControlStories: readonly Story[] = [
  { name: 'complaint-does-not-stand', ...opened('quality', complaint), steps: [judged(false), ['marketing', 'tactfulReply', { reply: '说明', understood: true }], ['marketing', 'filing', { complete: true }]] },
  {
    name: 'complaint-judged-anew', ...opened('service', complaint),
    steps: [judged(false), ['marketing', 'tactfulReply', { reply: '说明', understood: false }], ['marketing', 'validity', { stands: true, reasonsSufficient: true, demandReasonable: true, note: '补充证据' }], met],
  },
  {
    name: 'claim-rejected-then-to-the-end', ...opened('quality', complaint),
    steps: [
      judged(true), met, plan({ claim: true, claimAmount: '900.00' }), head(), ['deputyGeneralManager', 'plan.approve', { decision: 'reject', version: 1, reason: '原因不明' }],
      plan({ claim: true, claimAmount: '900.00' }), head(2), deputy(2), ...done, told, ['marketing', 'opinion', { satisfied: true, opinion: '满意' }], ...summed,
    ],
  },
  {
    name: 'class-raised-while-decided-and-carried-out', ...opened('quality', complaint),
    steps: [
      judged(true), met, plan(), ['marketing', 'severity', { severity: 'major' }], head(2), deputy(2), ['marketing', 'severity', { severity: 'particularlyMajor' }],
      head(3), deputy(3), ['generalManager', 'plan.approve', approve(3)], ...done,
    ],
  },
  {
    name: 'dissatisfied-back-to-plan-and-meeting', ...opened('quality', complaint),
    steps: [
      judged(true), met, plan(), head(), ['technical', 'carryOut', { result: '已更换' }], ['marketing', 'confirmation', { confirmed: false, reason: '未完' }], ...done, told,
      ['marketing', 'opinion', { satisfied: false, opinion: '仍漏', backTo: 'plan' }], plan(), head(2), ...done, told, ['marketing', 'opinion', { satisfied: false, opinion: '无人回电', backTo: 'meeting' }], met,
    ],
  },
  {
    name: 'suggestion-and-information', ...opened('suggestion', { suggestedBy: '李先生', content: '备用密封圈' }),
    steps: [
      ['marketing', 'customerInformation', { situation: '竞品', departments: ['technical'], toGeneralManager: true }], ['marketing', 'considerSuggestion', { adopted: true, forwardedTo: ['technical'] }],
      ['marketing', 'customerTold', { result: '已采纳' }], ['marketing', 'reportToGeneralManager', { report: '动向' }],
    ],
  },
  {
    name: 'on-site-service-in-two-rounds', ...opened('onSiteService', { customerKind: 'existing', request: 'oral', company: '客户甲', content: '维修' }),
    steps: [
      ['marketing', 'serviceNotice', { ...notice, plannedFor: new Date().toISOString(), productionStaffNeeded: true, charged: true }], ['marketingSupervisor', 'serviceAssignment', { person: 'serviceStaff' }],
      ['productionSupervisor', 'serviceAssignment', { person: 'fitter' }], ['marketing', 'quote', { amount: '900.00' }], ['marketing', 'quoteAnswer', { accepted: false }],
      ['marketing', 'quote', { amount: '800.00' }], ['marketing', 'quoteAnswer', { accepted: true, evidence: '短信' }], ['marketingSupervisor', 'loaner', { item: '备用电机' }],
      ['technical', 'sendForResearch', { to: 'unit', question: '反复烧毁' }], served({ repair: true, charge: '800.00' }), ['marketingSupervisor', 'verification', { degree: 'partly', again: true }],
      ['marketing', 'serviceNotice', { ...notice, plannedFor: inAWeek() }], ['marketingSupervisor', 'serviceAssignment', { person: 'serviceStaff' }], ['serviceStaff', 'training', { subjects: ['methods'], manner: 'onSite', participants: '两人' }],
      served(), ['marketingSupervisor', 'verification', { degree: 'full' }], ['technical', 'researchResult', { result: '谐波' }], ['serviceStaff', 'loanerReturned', {}], ['serviceStaff', 'recordGiven', { how: 'byHand' }],
    ],
  },
  {
    name: 'remedies-of-an-approved-plan', ...opened('quality', complaint),
    steps: [
      ['technical', 'sendForResearch', { to: 'institution', question: '缺陷' }], judged(true), met, plan({ claim: true, claimAmount: '900.00' }), head(), deputy(), ['marketing', 'returnOrExchange', { way: 'exchange', fault: 'company' }],
      ['marketing', 'remedy', { measure: 'compensation', amount: '900.00', reason: '损失' }], ['marketingHead', 'remedy', { measure: 'recall', reason: '同批次' }], ...done, told,
    ],
  },
  {
    name: 'contact-to-the-general-manager', ...opened('contact', { customer: '客户丙', channel: 'visited', content: '走访' }),
    steps: [['marketing', 'customerInformation', { situation: '竞品', departments: ['technical'], toGeneralManager: true }], ['marketing', 'reportToGeneralManager', { report: '竞品' }]],
  },
];
