/** From registration to the approval of the estimate. */
import { approval, review, survey } from '../sayings.ts';
import { repair, type Story } from '../story.ts';

export const beforeWork: readonly Story[] = [
  repair({ name: 'accepted', ago: 0.3, summary: '厨房水槽下方渗水,刚刚受理' }),
  repair(
    { name: 'builder-invited', ago: 3, unit: 'DEMO-1-102', summary: '阳台门关不严,已约施工单位' },
    { after: 1, by: 'customerService', step: 'inviteBuilder', form: (at) => ({ invitedFor: at(24) }) },
  ),
  repair(
    { name: 'assigned', ago: 4, unit: 'DEMO-1-201', summary: '卫生间地漏返味,已派专人' },
    { after: 0.5, by: 'serviceManager', step: 'assign', form: { task: 'survey#1', person: 'wu-fan', reason: '专人跟踪' } },
  ),
  repair({ name: 'awaiting-manager', ago: 5, unit: 'DEMO-1-202', summary: '踢脚线脱落,待经理审批' }, survey(2, '860.00')),
  repair({ name: 'awaiting-review', ago: 5, unit: 'DEMO-1-301', summary: '客厅吊顶开裂,待副总工程师审核' }, survey(2, '6500.00')),
  repair({ name: 'awaiting-deputy', ago: 6, unit: 'DEMO-1-302', summary: '外墙渗水,待副总经理审批' }, survey(2, '8600.00'), review(3)),
  repair(
    { name: 'awaiting-general-manager', ago: 6, unit: 'DEMO-2-101', summary: '屋面防水失效,待总经理审批' },
    survey(2, '23500.00', { trades: 'multi' }),
    review(3),
  ),
  repair({ name: 'rejected', ago: 8, unit: 'DEMO-2-102', summary: '墙面空鼓,估价被退回' }, survey(2, '4800.00'), {
    after: 4,
    by: 'deputyChiefEngineer',
    step: 'estimate.review',
    form: { decision: 'reject', version: 1, reason: '工程量偏大,请复核' },
  }),
  repair(
    { name: 'major', ago: 2, unit: 'DEMO-2-201', summary: '承重墙裂缝,判为重大投诉' },
    { after: 0.5, by: 'customerService', step: 'severity', form: { severity: 'major', note: '可能影响结构安全' } },
  ),
  repair({ name: 'escalated', ago: 20 * 24, unit: 'DEMO-2-202', summary: '补录:二十天前受理,一直未勘察,补录即超时并升级' }),
  repair(
    { name: 'repair-running', ago: 10, unit: 'DEMO-1-101', summary: '水管接头漏水,维修中' },
    survey(2, '600.00'),
    approval(4, 'serviceManager'),
  ),
];
