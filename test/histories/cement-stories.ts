/** Every branch of a complaint to the cement maker. */
import type { Step, Story } from './stories.ts';

type Form = Record<string, unknown>;

const opening = (kind: string, form: Form = {}) => ({ pack: 's2-cement', kind, by: 'quality', form: { complainant: '甲', content: '结块', ...form } });
const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();
const inAMonth = new Date(Date.now() + 30 * 86_400_000).toISOString();

const first: Step[] = [['quality', 'telephoneReply', { reply: '已受理' }], ['market', 'arrangement', { arrangement: '核实' }]];
const details: Step = ['quality', 'productDetails', { orderNumber: 'D-1', deliveryDate: '7月1日', checkedWith: ['safetyProduction'] }];
const classed = (severity: string, more: Form = {}): Step => ['quality', 'severity', { severity, ...more }];
const analysed = (more: Form = {}): Step => ['quality', 'analysis', { cause: 'quality', ourFault: true, analysedBy: ['quality', 'safetyProduction'], findings: '游离钙', ...more }];
const remedy: Step = ['safetyProduction', 'remedy', { remedy: '换货' }];
const solution: Step = ['generalManagement', 'solution', { solution: '换货', discussedBy: ['generalManagement', 'market'] }];
/** Another person of the same department than the one that decides. */
const drawnUp: Step = ['generalManagement', 'solution', solution[2], { person: 'wang' }];
const agreed = (yes = true): Step => ['market', 'customerAgreement', yes ? { agreed: true } : { agreed: false, reason: '太慢' }];
const vote = (role: string, version: number, decision = 'approve'): Step => [role, 'solution.approve', { decision, version, ...(decision === 'reject' ? { reason: '库存' } : {}) }];
const signed: Step = ['handler', 'handlingOpinion', { opinion: '结案', signed: true, handedTo: 'personInCharge' }];
const reported: Step = ['quality', 'reportToSuperiors', { report: '已处理' }];
const replied: Step = ['market', 'reply', { reply: '书面答复', written: true }];
const asked = (complainantSatisfied = true, more: Form = {}): Step => ['market', 'satisfaction', { complainantSatisfied, ...more }];
const carriedOut: Step = ['personInCharge', 'carryOut', { result: '已换货' }];
const improved: Step[] = [['engineering', 'improvement', { measure: '均化' }], ['quality', 'improvementEffect', { effective: false }], ['engineering', 'improvement', { measure: '配比' }], ['quality', 'improvementEffect', { effective: true }]];
const filed: Step = ['market', 'filing', { year }];
const met: Step = ['generalManagement', 'meeting', { plan: '加固', notifyAuthorities: true, minutes: '纪要', participants: ['companyLeader'], owner: 'quality', dueAt: inAMonth }];

export const cementStories: readonly Story[] = [
  {
    name: 'cement-light-dissatisfied-then-filed', opening: opening('other'),
    steps: [
      ...first, classed('light'), analysed({ cause: 'other' }), ['quality', 'departmentNotice', { departments: ['marketing'] }], signed, replied, reported, asked(false),
      ['market', 'reportToCompany', { report: '不满意' }], ['quality', 'departmentNotice', { departments: ['marketing'] }], signed, ['market', 'reply', { reply: '口头', written: false, reason: '客户要求' }], asked(), reported, filed,
    ],
  },
  {
    name: 'cement-serious-refused-then-raised', opening: opening('quality', { siteServiceNeeded: true, respondent: '乙' }),
    steps: [
      ...first, details, ['siteEngineer', 'setOut', {}], ['siteEngineer', 'siteArrival', { engineer: 'siteEngineer' }],
      ['siteEngineer', 'siteRecord', { originalData: '数据', sampled: true, sampledBy: ['quality', 'builder'], dataGivenInWriting: true }],
      analysed(), classed('serious'), remedy, solution, agreed(false), solution, agreed(), vote('quality', 1), vote('safetyProduction', 1, 'reject'), solution, agreed(), vote('quality', 2),
      solution, agreed(), classed('principle'), met, agreed(false), met, agreed(), ['quality', 'builderAcceptance', { accepted: false, reason: '工期' }], met, agreed(),
      ['quality', 'builderAcceptance', { accepted: true, evidence: '签字' }], ['market', 'promise', { promise: '换货' }], replied, carriedOut, ...improved, signed, reported, asked(true, { respondentSatisfied: true }),
      ['companyLeader', 'authorityNotice', { authority: '住建局', evidence: '回执' }], filed,
    ],
  },
  {
    name: 'cement-serious-approved-by-all', opening: opening('nonQuality'),
    steps: [
      ...first, ['market', 'progress', { progress: '分析' }], ['quality', 'customerOpinion', { opinion: '包装', departments: ['marketing'] }], ['quality', 'deliveryHold', { products: '425' }],
      ['quality', 'siteService', { needed: true }], ['quality', 'siteService', { needed: false, reason: '误判' }], classed('serious'), analysed(), details, remedy, drawnUp, agreed(),
      vote('quality', 1), vote('market', 1), vote('safetyProduction', 1), vote('generalManagement', 1, 'approve'), replied, carriedOut, signed, reported, asked(),
      ['engineering', 'improvement', { measure: '均化' }], ['quality', 'improvementEffect', { effective: true }], ['quality', 'deliveryRelease', { demandMet: true, evidence: '确认' }], filed,
    ],
  },
  {
    name: 'cement-not-our-cause', opening: opening('quality'), daysAgo: 5,
    steps: [
      ...first, details, analysed({ cause: 'nonQuality', humanCause: 'storage', ourFault: false }), ['market', 'explanation', { explanation: '受潮', furtherSteps: '指导' }],
      ['market', 'explanation', { explanation: '受潮', appraisal: '报告', grounds: '国标', furtherSteps: '指导' }], replied, filed,
    ],
  },
  { name: 'cement-opinion', opening: opening('opinion'), steps: [['market', 'customerOpinion', { opinion: '环保袋', departments: ['marketing'] }], ['market', 'arrangement', { arrangement: '已转' }]] },
];
