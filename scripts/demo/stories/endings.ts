/** Cases that end otherwise, and complaints that are no repair. */
import { other, repair, type Story } from '../story.ts';

export const endings: readonly Story[] = [
  repair(
    { name: 'withdrawn', ago: 16, unit: 'DEMO-1-301', summary: '纱窗破损,客户撤回' },
    { after: 4, by: 'customerService', step: 'withdraw', form: { reason: '客户自行更换', evidence: '来电录音' } },
  ),
  repair(
    { name: 'opened-in-error', ago: 18, unit: 'DEMO-1-302', summary: '误登记' },
    { after: 1, by: 'customerService', step: 'openedInError', form: { reason: '登记了两次', evidence: '登记表复核' } },
  ),
  other(
    { name: 'other-open', ago: 20, summary: '物业服务态度投诉,已转责任部门' },
    { after: 2, by: 'customerService', step: 'route', form: { department: 'property', note: '请反馈处理情况' } },
  ),
  other(
    { name: 'other-closed', ago: 23, summary: '停车收费疑问,已解决并告知' },
    { after: 10, by: 'customerService', step: 'solution', form: { result: '按公示标准退还多收费用' } },
    { after: 12, by: 'recordsClerk', step: 'customerTold', form: { how: '电话告知' } },
  ),
];
