/** What was offered is carried out: a technician comes, goods are taken back or replaced, money goes back (flow 6, standard 4-5). */
import { checkGoods, underWarranty, type GoodsRules } from '../../domain/standard-service/goods.ts';
import type { Case } from '../kit/case.ts';
import type { Goods, Intake, Refund, Solution, Visit } from './facts.ts';

/** Known from the start where the purchase is: whether the warranty still runs. */
export function noteWarranty(c: Case, { boughtAt }: Intake): void {
  if (boughtAt === undefined) return;
  c.know({ warranty: underWarranty(boughtAt, c.acceptedAt, Number(c.switch('warrantyMonths'))) ? 'runs' : 'over' }, 'standard 5');
}

/** True when the customer's problem is solved; false when another solution is needed. */
export async function carryOut(c: Case, { solution }: Solution, intake: Intake): Promise<boolean> {
  switch (solution) {
    case 'technician':
      return technicianComes(c);
    case 'takeBack':
    case 'replace':
      await exchange(c, intake);
      return true;
    case 'refund':
      await refund(c);
      return true;
    default:
      return true;
  }
}

/** A technician is sent; what they cannot repair needs another solution [STD.P6]. */
async function technicianComes(c: Case): Promise<boolean> {
  c.enter('visit');
  const { facts, unrecorded } = await c.ask<Visit>('technicianVisit');
  if (facts.customerTrained !== undefined) c.know({ customerTrained: facts.customerTrained }, 'flow 6');
  return unrecorded || facts.repaired;
}

/** Faulty goods are taken back, and then the money goes back too, or they are replaced. */
async function exchange(c: Case, { boughtAt }: Intake): Promise<void> {
  c.enter('goods');
  const { facts, unrecorded } = await c.ask<Goods>('takeBack', {
    guard: (answer) =>
      checkGoods(
        answer.facts as unknown as Goods,
        { askedAt: c.acceptedAt, ...(boughtAt === undefined ? {} : { boughtAt }) },
        {
          returnDays: Number(c.switch('returnDays')),
          replaceDays: Number(c.switch('replaceDays')),
          faultyQuality: c.switch('faultyQuality') as GoodsRules['faultyQuality'],
        },
      ),
  });
  if (unrecorded) return;
  c.know({ goods: facts.way }, 'standard 4');
  if (facts.way === 'takeBack') await refund(c);
}

/** The money goes back the way it came, or as agreed. */
async function refund(c: Case): Promise<void> {
  c.enter('refund');
  const { facts, unrecorded } = await c.ask<Refund>('refund');
  if (!unrecorded) c.know({ refunded: facts.amount, refundTo: String(c.switch('refundTo')) }, 'standard 5');
}
