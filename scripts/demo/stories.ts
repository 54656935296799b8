/** The demo company's cases: one at every stage of a repair, told as far as each has come. */
export type Step = readonly [as: string, step: string, form: object];

export interface Story {
  readonly name: string;
  readonly kind: 'repair' | 'other';
  readonly summary: string;
  readonly estimate?: string;
  readonly unit: string;
  readonly steps: readonly Step[];
}

const signed = ['customerService', 'property', 'teamLeader', 'builder'];
const accepted = ['customerService', 'property', 'teamLeader'];
const approve = { decision: 'approve', version: 1 };

const survey = (trades: 'single' | 'multi', responsible: 'builder' | 'company', complex = false): Step => [
  'coordinator',
  'survey',
  { trades, responsible, complex, signedBy: signed, findings: '现场已勘察' },
];
const toManager: Step[] = [['manager', 'estimate.approve', approve]];
const toDeputy: Step[] = [
  ['chief', 'estimate.review', approve],
  ['dgm', 'estimate.approve', approve],
];
const toTop: Step[] = [
  ['chief', 'estimate.review', approve],
  ['gm', 'estimate.approve', approve],
];
const done: Step[] = [['coordinator', 'completion', { acceptedBy: accepted, customerSigned: true, customerOpinion: 'satisfied' }]];
const content: Step[] = [...done, ['clerk', 'followUp', { satisfied: true, degree: 'satisfied' }]];
const account = (amount: string): Step => ['leader', 'finalAccount', { amount }];
const audited = (amount: string, by = 'coordinator'): Step[] => [
  [by, 'audit', { auditedAmount: amount }],
  ['coordinator', 'settlement', {}],
];
const confirmed: Step[] = [
  ['audit', 'builderNotice', {}],
  ['audit', 'builderConfirmation', { confirmed: true }],
];
const small = [survey('single', 'builder'), ...toManager];
const large = [survey('multi', 'builder'), ...toTop];

export const stories: readonly Story[] = [
  { name: 'accepted', kind: 'repair', summary: '厨房水龙头滴水', estimate: '300.00', unit: 'DEMO-1-101', steps: [] },
  {
    name: 'routed',
    kind: 'repair',
    summary: '外墙渗水',
    estimate: '900.00',
    unit: 'DEMO-1-102',
    steps: [['coordinator', 'route', { department: 'engineering', cause: 'construction' }]],
  },
  {
    name: 'approval-manager',
    kind: 'repair',
    summary: '窗户漏水',
    estimate: '1000.00',
    unit: 'DEMO-1-103',
    steps: [survey('single', 'builder')],
  },
  {
    name: 'approval-deputy',
    kind: 'repair',
    summary: '卫生间返水',
    estimate: '1000.01',
    unit: 'DEMO-1-201',
    steps: [survey('multi', 'company')],
  },
  {
    name: 'approval-top',
    kind: 'repair',
    summary: '屋面防水失效',
    estimate: '10000.01',
    unit: 'DEMO-1-202',
    steps: [survey('multi', 'builder'), ['chief', 'estimate.review', approve]],
  },
  { name: 'repairing', kind: 'repair', summary: '地砖空鼓', estimate: '800.00', unit: 'DEMO-1-203', steps: small },
  {
    name: 'by-builder',
    kind: 'repair',
    summary: '墙面裂缝',
    estimate: '6000.00',
    unit: 'DEMO-2-101',
    steps: [survey('multi', 'builder'), ...toDeputy, ['leader', 'handOver', { reason: '维修队无法处理' }]],
  },
  { name: 'follow-up', kind: 'repair', summary: '门锁损坏', estimate: '200.00', unit: 'DEMO-2-102', steps: [...small, ...done] },
  {
    name: 'round-two',
    kind: 'repair',
    summary: '天花渗水复发',
    estimate: '700.00',
    unit: 'DEMO-2-103',
    steps: [...small, ...done, ['clerk', 'followUp', { satisfied: false, degree: 'dissatisfied', remark: '仍有渗水' }]],
  },
  { name: 'account', kind: 'repair', summary: '插座无电', estimate: '150.00', unit: 'DEMO-2-201', steps: [...small, ...content] },
  {
    name: 'audit-department',
    kind: 'repair',
    summary: '阳台防水重做',
    estimate: '20000.00',
    unit: 'DEMO-2-202',
    steps: [...large, ...content, account('20000.00')],
  },
  {
    name: 'dispute',
    kind: 'repair',
    summary: '地下室渗漏',
    estimate: '5000.00',
    unit: 'DEMO-2-203',
    steps: [
      survey('multi', 'builder'),
      ...toDeputy,
      ...content,
      account('4800.00'),
      ...audited('4800.00'),
      ['audit', 'builderNotice', {}],
      ['audit', 'builderConfirmation', { confirmed: false, reason: '认为系使用不当' }],
    ],
  },
  {
    name: 'determination',
    kind: 'repair',
    summary: '入户门变形',
    estimate: '900.00',
    unit: 'DEMO-3-101',
    steps: [...small, ...content, account('880.00'), ...audited('880.00'), ...confirmed],
  },
  {
    name: 'payment',
    kind: 'repair',
    summary: '公共走廊灯具',
    estimate: '600.00',
    unit: 'DEMO-3-102',
    steps: [
      survey('single', 'company'),
      ...toManager,
      ...content,
      account('590.00'),
      ...audited('590.00'),
      ['chief', 'determination', approve],
    ],
  },
  {
    name: 'closed',
    kind: 'repair',
    summary: '窗户密封条脱落',
    estimate: '400.00',
    unit: 'DEMO-3-103',
    steps: [
      ...small,
      ...content,
      account('380.00'),
      ...audited('380.00'),
      ...confirmed,
      ['chief', 'determination', approve],
      ['finance', 'payment', { paid: '380.00' }],
    ],
  },
  {
    name: 'withdrawn',
    kind: 'repair',
    summary: '误报漏水',
    estimate: '100.00',
    unit: 'DEMO-3-201',
    steps: [['clerk', 'withdraw', { reason: '客户来电撤回', evidence: '通话记录' }]],
  },
  { name: 'other', kind: 'other', summary: '电梯等待时间过长', unit: 'DEMO-3-202', steps: [] },
];
