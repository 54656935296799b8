/** Faulty goods: taken back or replaced, by the rules the company has set (standard 4, standard 5). */
import { addMonths } from '../civil.ts';
import { refuse, type Refusal } from '../errors.ts';
import { dayOf, type Instant } from '../time.ts';

export type Way = 'takeBack' | 'replace';

export interface GoodsRules {
  /** Days after the purchase up to which goods are taken back, that day included. */
  readonly returnDays: number;
  readonly replaceDays: number;
  /** Who chooses between the two. */
  readonly faultyQuality: 'customer-chooses' | 'take-back' | 'replace';
}

/**
 * The way must be one the company offers; where the purchase is known, "within the rules" is what the days say, counted to the
 * day the customer asked. Outside the rules it is an exception, for which the form wants a reason [STD.A2].
 */
export function checkGoods(
  { way, withinRules }: { way: Way; withinRules: boolean },
  { boughtAt, askedAt }: { boughtAt?: Instant; askedAt: Instant },
  rules: GoodsRules,
): Refusal | undefined {
  const only = rules.faultyQuality === 'take-back' ? 'takeBack' : rules.faultyQuality;
  if (only !== 'customer-chooses' && way !== only) return refuse('bad-facts', 'way');
  if (boughtAt === undefined) return undefined;
  const days = way === 'takeBack' ? rules.returnDays : rules.replaceDays;
  const within = dayOf(askedAt) - dayOf(boughtAt) <= days;
  return within === withinRules ? undefined : refuse('bad-facts', 'withinRules');
}

/** Under warranty up to the corresponding day of a later month, that day included. */
export function underWarranty(boughtAt: Instant, askedAt: Instant, months: number): boolean {
  return dayOf(askedAt) <= addMonths(dayOf(boughtAt), months);
}
