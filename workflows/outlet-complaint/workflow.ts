/** S1-OUTLET, a complaint about an outlet (3.1: 投诉, 奖惩). */
import { refuse } from '../../domain/errors.ts';
import type { Case } from '../kit/case.ts';
import type { Closing, OpenCase } from '../kit/messages.ts';
import { runCase } from '../kit/run.ts';

interface Complaint {
  readonly outlet: string;
  readonly outletManager: string;
}

export async function outletComplaint(input: OpenCase): Promise<Closing> {
  return runCase(input, handleComplaint);
}

/**
 * The service department, which manages the outlets, does not judge itself: a role that the pack names reviews the complaint, and
 * never the person who manages the outlet [OUT.X5]. What follows, reward or penalty too, is the service department's [OUT.R1].
 */
async function handleComplaint(c: Case): Promise<void> {
  const { outletManager } = c.intake<Complaint>();
  c.enter('review');
  const review = await c.ask<{ upheld: boolean }>('outletReview', {
    by: [String(c.switch('outletComplaintReviewer'))],
    guard: ({ actor }) => (actor.person === outletManager ? refuse('own-outlet') : undefined),
  });
  c.know({ upheld: review.facts.upheld }, '3.1');
  if (review.facts.upheld) {
    c.enter('measures');
    await c.ask('outletMeasures', { from: review.occurredAt });
  }
  c.enter('telling');
  await c.ask('customerTold');
}
