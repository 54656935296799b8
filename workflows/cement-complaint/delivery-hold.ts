/** A hold on further deliveries (二(三)质检部7). */
import { refuse } from '../../domain/errors.ts';
import type { Case } from '../kit/case.ts';
import type { Release } from './facts.ts';

/**
 * 「直至满足客户要求后才能确认出厂」: quality inspection holds what would still leave the works, and confirms it only when the
 * customer's demand is met; until then the case does not close [CEM.P17 CEM.X9]. It may be held again.
 */
export function holdDeliveries(c: Case): void {
  if (c.switch('deliveryHold') === false) return;
  c.offer(
    'deliveryHold',
    ({ occurredAt }) => {
      c.know({ deliveries: 'held' }, '二(三)质检部7');
      c.owe<Release>('deliveryRelease', {
        from: occurredAt,
        guard: ({ facts }) => (facts['demandMet'] === true ? undefined : refuse('demand-not-met')),
        done: () => {
          c.know({ deliveries: 'released' }, '二(三)质检部7');
          holdDeliveries(c);
        },
      });
    },
    { once: true },
  );
}
