/** Final account, audit, the builder's part, determination, payment, closing. */
import {
  account,
  approval,
  audit,
  call,
  completion,
  confirmation,
  determination,
  notice,
  payment,
  review,
  settlement,
  survey,
} from '../sayings.ts';
import { repair, type Saying, type Story } from '../story.ts';

/** Surveyed, approved, repaired and the customer satisfied: the money remains. */
const done = (estimate: string, more: Record<string, unknown> = {}): Saying[] => {
  const yuan = Number(estimate);
  const chain =
    yuan <= 1000 ? [approval(2, 'serviceManager')] : [review(1.5), approval(2, yuan <= 10_000 ? 'deputyGeneralManager' : 'generalManager')];
  return [survey(1, estimate, more), ...chain, completion(8), call(9)];
};

export const afterWork: readonly Story[] = [
  repair({ name: 'awaiting-account', ago: 12, unit: 'DEMO-1-302', summary: '门锁更换,待决算' }, ...done('420.00')),
  repair(
    { name: 'audit-at-bound', ago: 14, unit: 'DEMO-2-101', summary: '地面返修,决算恰为20000.00元,由审计核算部审核' },
    ...done('20000.00'),
    account(10, '20000.00'),
  ),
  repair(
    { name: 'builder-disputes', ago: 18, unit: 'DEMO-2-102', summary: '保修期内管道渗漏(A类),施工单位有异议' },
    ...done('6000.00', { responsible: 'builder' }),
    account(10, '6000.00'),
    audit(11, '5800.00'),
    settlement(11.5),
    notice(12),
    confirmation(13, false),
  ),
  repair(
    { name: 'awaiting-determination', ago: 18, unit: 'DEMO-1-101', summary: '栏杆松动,待副总工程师认定' },
    ...done('900.00'),
    account(10, '880.00'),
    audit(11, '880.00'),
    settlement(11.5),
  ),
  repair(
    { name: 'awaiting-payment', ago: 18, unit: 'DEMO-1-102', summary: '灯具更换,待付款' },
    ...done('500.00'),
    account(10, '480.00'),
    audit(11, '480.00'),
    settlement(11.5),
    determination(14),
  ),
  repair(
    { name: 'closed', ago: 22, unit: 'DEMO-1-201', summary: '水龙头更换,已办结' },
    ...done('260.00'),
    account(10, '260.00'),
    audit(11, '250.00'),
    settlement(11.5),
    determination(14),
    payment(15, '250.00'),
  ),
  repair(
    { name: 'closed-class-a', ago: 23, unit: 'DEMO-2-201', summary: '保修期内防水返工(A类),已办结,质保金不足部分列入财务清单' },
    ...done('5200.00', { responsible: 'builder' }),
    account(10, '5200.00'),
    audit(11, '5000.00'),
    settlement(11.5),
    notice(12),
    confirmation(13, true),
    determination(14),
    payment(15, '5000.00'),
  ),
];
