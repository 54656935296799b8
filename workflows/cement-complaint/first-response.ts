/** What the customer gets at once and goes on getting, whatever the complaint turns out to be. */
import type { RoleId } from '../../domain/pack.ts';
import type { Case } from '../kit/case.ts';
import type { Departments } from './facts.ts';

/**
 * The telephone reply is the acknowledgement [CEM.P2 CEM.D2 CEM.X4]; the complainant is told how the matter will be handled
 * [CEM.D7]. Both run from the receipt.
 */
export function answerFirst(c: Case): void {
  c.owe('telephoneReply', { from: c.acceptedAt });
  c.owe('arrangement', { from: c.acceptedAt });
}

/** Order number, date and what else names the product, found at once where quality is the matter [CEM.P1 CEM.D3]. */
export function findProduct(c: Case): void {
  if (c.state.answers['productDetails'] !== undefined || c.owes('productDetails')) return;
  c.owe<{ checkedWith?: readonly RoleId[] }>('productDetails', {
    from: c.now,
    done: ({ facts }) => {
      for (const department of facts.checkedWith ?? []) c.tell(department, 'check-with', '二(二)1');
    },
  });
}

/** The customer hears how it goes, again and again until it is over, the first time counted from the receipt [CEM.D4]. */
export function keepInformed(c: Case): { over(): void } {
  const next = (from: number): void => c.owe('progress', { from, done: ({ occurredAt }) => next(occurredAt) });
  next(c.acceptedAt);
  return { over: () => c.lapse('progress', 'over') };
}

/** What the customer says beside the complaint goes to the departments it concerns; any number of times. */
export function passOnOpinions(c: Case): void {
  c.offer<Departments>('customerOpinion', ({ facts }) => {
    for (const department of facts.departments) c.tell(department, 'customer-opinion', '二(三)质检部10');
  });
}
