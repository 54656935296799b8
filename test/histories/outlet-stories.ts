/** Every branch of the outlets' procedures and of the review of a contract. */
import type { Step, Story } from './stories.ts';

const outlet = (kind: string, by: string, form: Record<string, unknown>) => ({ pack: 's1-outlet', kind, by, form: { outlet: 'OUTLET-7', ...form } });
const application = { outlet: 'OUTLET-7', site: '示例路', staff: 4, funds: '180000.00', basis: '数据' };
const own = outlet('internalOutlet', 'manager', application);
const outsourced = outlet('outsourcedOutlet', 'serviceDepartment', { contractors: '三家', staff: '电工', management: '体系', cost: '90000.00', basis: '维修量' });
const order = (more: Record<string, unknown> = {}) => outlet('taskOrder', 'serviceDepartment', { customer: 'C-1', issue: '异响', ...more });
const contract = { requirement: 'order', buyer: 'endCustomer', medicalDevice: true, stated: '要求', legal: '标准', warrantyMonths: 24 };
const contractOf = (more: Record<string, unknown> = {}) => ({ pack: 's3-13485-contract', kind: 'contractReview', by: 'salesperson', form: { ...contract, ...more } });

const decided = (name: string, decision: 'approve' | 'reject', version = 1): Step => ['generalManager', `${name}.approve`, { decision, version, ...(decision === 'reject' ? { reason: '不足' } : {}) }];
const staffed = (confirmed = true): Step[] => [['office', 'staffing', { staff: 4 }], ['manager', 'staffConfirmed', { confirmed, ...(confirmed ? {} : { reason: '无证' }) }]];
const trained = (assessed: boolean): Step => ['office', 'training', { assessed }];
const reviewed = (step: 'siteReview' | 'documentReview', contractor: string, passed: boolean): Step => ['serviceDepartment', step, { contractor, passed, findings: '情况' }];
const tender = (...contractors: string[]): Step[] => [['serviceDepartment', 'tender', { kind: 'open', media: '日报' }], ['serviceDepartment', 'candidates', { contractors, names: '名称' }]];
const list: Step = ['serviceDepartment', 'outletList', { contractors: ['south-co'] }];
const repaired = (result: string): Step[] => [['repairStaff', 'repair', { result, record: '记录' }], ['repairStaff', 'repairReport', { situation: '情况' }]];
const opinions = (fit = true): Step[] => (
  [['business', 'business'], ['pmc', 'capacity'], ['quality', 'acceptance'], ['development', 'technical'], ['production', 'production'], ['purchasing', 'purchasing']] as const
).map(([role, subject]): Step => [role, `${subject}Opinion`, subject === 'production' && !fit ? { fit, opinion: '意见', reason: '缺设备' } : { fit: true, opinion: '意见' }]);
const sign = (signed: boolean): Step => ['deputyGeneralManager', 'sign', { signed, ...(signed ? {} : { reason: '价格' }) }];
const measure = (name: 'updated' | 'other'): Step => ['serviceDepartment', 'certificateUpdated', { measure: name, evidence: '凭证' }];

export const outletStories: readonly Story[] = [
  {
    name: 'own-outlet-to-the-funds', opening: own,
    steps: [
      decided('application', 'approve'), ...staffed(false), ...staffed(), trained(false), ...staffed(), trained(true),
      ['manager', 'fundReport', { amount: '170000.00' }], ['office', 'funds', { amount: '170000.00' }],
    ],
  },
  { name: 'own-outlet-refused', opening: own, steps: [decided('application', 'reject')] },
  { name: 'own-outlet-revised-while-decided', opening: own, steps: [['manager', 'application', { ...application, funds: '150000.00' }], decided('application', 'approve', 2)] },
  {
    name: 'outsourced-outlet-second-tender-second-list', opening: outsourced,
    steps: [
      ...tender('north-co'), reviewed('siteReview', 'north-co', false), ...tender('south-co', 'east-co'),
      reviewed('siteReview', 'east-co', true), reviewed('siteReview', 'south-co', true), reviewed('documentReview', 'east-co', false), reviewed('documentReview', 'south-co', true),
      list, decided('outletList', 'reject'), list, decided('outletList', 'approve', 2),
    ],
  },
  { name: 'task-order-with-parts-missing', opening: order({ parts: '轴承' }), steps: [['serviceDepartment', 'supply', { supplied: '轴承' }], ...repaired('partsMissing'), ['serviceDepartment', 'supply', { supplied: '轴承' }], ...repaired('repaired'), ['dispatcher', 'customerRecord', { record: '已修' }]] },
  { name: 'task-order-not-repairable', opening: order(), steps: [...repaired('notRepairable'), ['dispatcher', 'customerRecord', { record: '不能修' }]] },
  {
    name: 'outlet-complaint-upheld', opening: outlet('outletComplaint', 'dispatcher', { outletManager: 'lin', complaint: '迟到' }),
    steps: [['generalManager', 'outletReview', { upheld: true, findings: '属实' }], ['serviceDepartment', 'outletMeasures', { measure: 'penalty', detail: '扣分' }], ['serviceDepartment', 'customerTold', { how: '电话' }]],
  },
  { name: 'outlet-complaint-not-upheld', opening: outlet('outletComplaint', 'dispatcher', { outletManager: 'lin', complaint: '迟到' }), steps: [['generalManager', 'outletReview', { upheld: false, findings: '不属实' }], ['dispatcher', 'customerTold', { how: '电话' }]] },
  {
    name: 'outlet-moves-and-the-body-answers', opening: outlet('outletChange', 'outlet', { change: 'moves', reason: '租约' }),
    steps: [
      ['serviceDepartment', 'changeApplication', { file: true, note: '地址' }], ['serviceDepartment', 'changeApplicationFiled', { change: 'certificate', evidence: '回执' }],
      ['serviceDepartment', 'changeAssessed', { accepted: true, assessment: '较小' }], measure('updated'),
    ],
  },
  { name: 'outlet-closes-and-nothing-is-filed', opening: outlet('outletChange', 'manager', { change: 'closes', reason: '亏损' }), steps: [['serviceDepartment', 'changeApplication', { file: false, note: '不涉及' }]] },
  {
    name: 'contract-oral-and-licensed-late-then-signed', opening: contractOf({ requirement: 'oral', buyer: 'dealer' }),
    steps: [['salesperson', 'writtenConfirmation', { how: 'mail', evidence: '邮件' }], ['salesperson', 'licence', { licence: '许可证', scopeCovers: true }], ...opinions(), sign(true)],
  },
  { name: 'contract-without-a-licence', opening: contractOf({ buyer: 'agent' }), steps: [['salesperson', 'licence', { scopeCovers: false }]] },
  { name: 'contract-changed-after-an-opinion-then-unsigned', opening: contractOf(), steps: [...opinions(false), ['salesperson', 'contract', contract], ...opinions(), sign(false)] },
];
