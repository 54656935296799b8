/** Goods taken back or exchanged, recalled, or paid for (GB/T 27922, lines 20 and 21). */
import { checkRemedy, checkReturn, type Return } from '../../domain/charges.ts';
import type { Fen } from '../../domain/money.ts';
import type { Case } from '../kit/case.ts';

type Remedy = Parameters<typeof checkRemedy>[0];

/**
 * While an approved plan is carried out: goods are returned or exchanged, a fee for it stated in advance [GB.P20]; a defect that cannot be
 * mended is recalled, of which the general manager hears, or compensated within the claim approved [GB.P21].
 */
export function offerRemedies(c: Case, approved: Fen | undefined): void {
  if (c.rules.steps['returnOrExchange'] !== undefined) {
    c.offer<Return & { way: string }>('returnOrExchange', ({ facts }) => c.know({ goods: facts.way }), {
      after: c.now,
      guard: ({ facts }) => checkReturn(facts as unknown as Return),
    });
  }
  if (c.rules.steps['remedy'] === undefined) return; // the pack has no such branch
  c.offer<Remedy>(
    'remedy',
    ({ facts: { measure, amount } }) => {
      c.know({ remedy: measure, ...(amount === undefined ? {} : { compensation: amount }) });
      if (measure === 'recall') c.tell(c.rules.generalManager, 'recall');
    },
    { after: c.now, guard: ({ facts }) => checkRemedy(facts as unknown as Remedy, approved) },
  );
}

export function noMoreRemedies(c: Case): void {
  c.lapse('returnOrExchange', 'carried out');
  c.lapse('remedy', 'carried out');
}
