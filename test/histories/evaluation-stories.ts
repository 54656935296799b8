/** Papers of the evaluation: refused and drawn up anew, in force, reviewed, revised, no longer used. */
import type { Story } from './stories.ts';

const measures = { factor: '夏季报修集中', means: '提前巡检', equipmentAndStaff: '值班车', training: '上岗培训', resources: '备件预算' };
const opening = (kind: string, by: string, form: Record<string, unknown>) => ({ pack: 's1-eval', kind, by, form });
const decided = (kind: string, version: number, decision: 'approve' | 'reject' = 'approve') =>
  (['review', 'approve'] as const).map((act) => [act === 'review' ? 'manager' : 'generalManager', `${kind}.${act}`, { decision: act === 'review' ? 'approve' : decision, version, reason: '依据' }] as const);

export const evaluationStories: readonly Story[] = [
  {
    name: 'evaluation-list-rejected-then-in-force',
    opening: opening('identification', 'evaluationGroup', { items: '报修响应', sources: ['market'] }),
    steps: [
      ...decided('identification', 1, 'reject'),
      ['evaluationGroup', 'identification', { items: '报修响应、备件供应', sources: ['market', 'service'] }],
      ...decided('identification', 2),
    ],
  },
  {
    name: 'evaluation-objectives-revised',
    opening: opening('objectives', 'serviceDepartment', { objectives: '一次修复率九成', criteria: '每月统计', basis: ['promise'] }),
    steps: [
      ...decided('objectives', 1),
      ['serviceDepartment', 'yearlyReview', { outcome: 'unchanged', finding: '仍适用' }],
      ['serviceDepartment', 'yearlyReview', { outcome: 'revise', finding: '偏低' }],
      ['serviceDepartment', 'objectives', { objectives: '一次修复率九成五', criteria: '每月统计', basis: ['promise'] }],
      ...decided('objectives', 2),
    ],
  },
  {
    name: 'evaluation-measures-ended',
    opening: opening('companyMeasures', 'evaluationGroup', measures),
    steps: [...decided('companyMeasures', 1), ['evaluationGroup', 'yearlyReview', { outcome: 'ended', finding: '已并入计划' }]],
  },
];
