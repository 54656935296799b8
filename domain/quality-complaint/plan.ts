/** Who decides on a plan, and what its carrying out has to show (6.8.5). */
import { isLower } from '../case/class.ts';
import { refuse, type Refusal } from '../errors.ts';

/** The class a claim makes a complaint at least: 「涉及到公司需要对客户理赔等问题」. */
const CLAIM = 'major';

/** [TS.T1] A plan by which the company pays a claim is a major matter, whatever the class was before. */
export function classOfPlan(levels: readonly string[], severity: string, claim: boolean): string {
  return claim && isLower(levels, severity, CLAIM) ? CLAIM : severity;
}

/** Where a claim was to be paid, carrying out says how the loss was made good. */
export function checkCarriedOut({ claim, lossMadeGood }: { readonly claim: boolean; readonly lossMadeGood: boolean }): Refusal | undefined {
  return claim && !lossMadeGood ? refuse('bad-facts', 'lossMadeGood') : undefined;
}
