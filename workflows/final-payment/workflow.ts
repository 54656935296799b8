/** S3-CS19, the opinion on the final payment to a builder: 工程尾款支付意见 (3.6.2). Opened by finance before it pays. */
import type { Case } from '../kit/case.ts';
import type { Closing, OpenCase } from '../kit/messages.ts';
import { runCase } from '../kit/run.ts';

export async function finalPayment(input: OpenCase): Promise<Closing> {
  return runCase(input, opinionOnFinalPayment);
}

/** On the repair situation and the builder's cooperation; finance is told what it says [CS19.P34]. */
async function opinionOnFinalPayment(c: Case): Promise<void> {
  c.enter('opinion');
  const { facts } = await c.ask<{ opinion: 'pay' | 'withhold' }>('finalPaymentOpinion');
  c.know({ opinion: facts.opinion }, '3.6.2');
  c.tell('finance', `final-payment-${facts.opinion}`, '3.6.2');
}
