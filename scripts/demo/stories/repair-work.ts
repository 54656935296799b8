/** The repair itself, its extension, the builder's branch, the call afterwards, the second round. */
import { approval, call, completion, review, survey } from '../sayings.ts';
import { repair, type Story } from '../story.ts';

export const repairWork: readonly Story[] = [
  repair(
    { name: 'builder-repairs', ago: 12, unit: 'DEMO-1-102', summary: '电梯厅墙砖脱落,转施工单位维修' },
    survey(2, '3200.00', { responsible: 'builder' }),
    review(3),
    approval(4, 'deputyGeneralManager'),
    { after: 6, by: 'teamLeader', step: 'handOver', form: { reason: '需施工单位专用设备' } },
  ),
  repair(
    { name: 'extended', ago: 20, unit: 'DEMO-1-201', summary: '整面幕墙更换,特别复杂,已获客户认可延长' },
    survey(2, '9800.00', { trades: 'multi', complex: true }),
    review(3),
    approval(4, 'deputyGeneralManager'),
    {
      after: 8,
      by: 'customerService',
      step: 'extend',
      form: (at) => ({
        until: at(40 * 24),
        complex: true,
        consentAt: at(7),
        consentBy: '业主本人',
        consentHow: 'signed',
        evidence: '延期确认单',
        reason: '材料须定制',
      }),
    },
  ),
  repair(
    { name: 'awaiting-call', ago: 15, unit: 'DEMO-1-202', summary: '插座无电,已修,待电话回访' },
    survey(2, '300.00'),
    approval(4, 'serviceManager'),
    completion(14),
  ),
  repair(
    { name: 'second-round', ago: 17, unit: 'DEMO-1-301', summary: '窗框漏水,客户不满意,第二轮' },
    survey(2, '700.00'),
    approval(4, 'serviceManager'),
    completion(13),
    call(16, false),
  ),
];
