/** Final account, audit, the builder's part, determination, payment, closing. */
import { account, approval, audit, call, completion, confirmation, determination, notice, payment, review, settlement, survey } from '../sayings.ts';
import { repair, type Saying, type Story } from '../story.ts';

/** Surveyed, approved, repaired and the customer satisfied: the money remains. */
const done = (estimate: string, more: Record<string, unknown> = {}): Saying[] => {
  const yuan = Number(estimate);
  const chain = yuan <= 1000 ? [approval(4, 'serviceManager')] : [review(3), approval(4, yuan <= 10_000 ? 'deputyGeneralManager' : 'generalManager')];
  return [survey(2, estimate, more), ...chain, completion(26), call(28)];
};

export const afterWork: readonly Story[] = [
  repair({ name: 'awaiting-account', ago: 60, unit: 'DEMO-1-302', summary: '门锁更换,待决算' }, ...done('420.00')),
  repair({ name: 'audit-at-bound', ago: 80, unit: 'DEMO-2-101', summary: '地面返修,决算恰为20000.00元,由审计核算部审核' }, ...done('20000.00'), account(40, '20000.00')),
  repair(
    { name: 'builder-disputes', ago: 100, unit: 'DEMO-2-102', summary: '保修期内管道渗漏(A类),施工单位有异议' },
    ...done('6000.00', { responsible: 'builder' }), account(40, '6000.00'), audit(44, '5800.00'), settlement(45), notice(48), confirmation(60, false),
  ),
  repair({ name: 'awaiting-determination', ago: 100, unit: 'DEMO-1-101', summary: '栏杆松动,待副总工程师认定' }, ...done('900.00'), account(40, '880.00'), audit(44, '880.00'), settlement(45)),
  repair(
    { name: 'awaiting-payment', ago: 100, unit: 'DEMO-1-102', summary: '灯具更换,待付款' },
    ...done('500.00'), account(40, '480.00'), audit(44, '480.00'), settlement(45), determination(48),
  ),
  repair(
    { name: 'closed', ago: 200, unit: 'DEMO-1-201', summary: '水龙头更换,已办结' },
    ...done('260.00'), account(40, '260.00'), audit(44, '250.00'), settlement(45), determination(48), payment(60, '250.00'),
  ),
  repair(
    { name: 'closed-class-a', ago: 220, unit: 'DEMO-2-201', summary: '保修期内防水返工(A类),已办结,质保金不足部分列入财务清单' },
    ...done('5200.00', { responsible: 'builder' }), account(40, '5200.00'), audit(44, '5000.00'), settlement(45), notice(48), confirmation(60, true), determination(64), payment(72, '5000.00'),
  ),
];
