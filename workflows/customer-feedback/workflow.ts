/** S4-FEEDBACK, what a customer says about a medical device: 顾客信息监视控制程序, chapters 4.1 to 4.3. */
import type { Instant } from '../../domain/time.ts';
import type { Case } from '../kit/case.ts';
import type { Closing, OpenCase } from '../kit/messages.ts';
import { runCase } from '../kit/run.ts';
import { FeedbackWay } from './class.ts';
import { acknowledge } from './duties.ts';
import { answerDirectly, fileAndClose, solve } from './solution.ts';

export async function customerFeedback(input: OpenCase): Promise<Closing> {
  return runCase(input, handleFeedback);
}

/** From the receipt by whoever of the company hears it first to the completed form; all limits start there [FB.P1 FB.X7]. */
async function handleFeedback(c: Case): Promise<void> {
  acknowledge(c); //                                                                 4.2.2b at once
  let plan = c.watch('plan', { from: c.acceptedAt }); //                             4.3.2 ten working days, all classes
  const way = new FeedbackWay(c); //                                                 4.2.1 general, important, complaint
  await way.classify(); //                                                           4.3.1 content groups, departments
  for (;;) {
    const dissatisfiedAt = await round(c, way, plan);
    if (dissatisfiedAt === undefined) return;
    c.nextRound(); //                                                                judged, planned and decided anew
    plan = c.watch('plan', { from: dissatisfiedAt });
  }
}

/** Handled, told, filed. Returns when the customer was dissatisfied; undefined: closed. */
async function round(c: Case, way: FeedbackWay, plan: string): Promise<Instant | undefined> {
  way.settled = false;
  return way.follow({
    direct: async () => fileAndClose(c, await answerDirectly(c, plan)), //           4.3.2a
    full: async () => fileAndClose(c, await solve(c, way, stillToPlan(c, plan))), // 4.3.2, 4.3.2b
  });
}

/** The direct answer had met it, then the class was raised: the plan of the higher class runs from the same start (readings 5). */
function stillToPlan(c: Case, plan: string): string {
  const { doneAt, startAt } = c.clock(plan);
  return doneAt === undefined ? plan : c.watch('plan', { from: startAt });
}
