/** S3-STD, the default: an inquiry, a suggestion or a complaint of any company (客户服务流程和标准). */
import type { Case } from '../kit/case.ts';
import type { Closing, OpenCase } from '../kit/messages.ts';
import { runCase } from '../kit/run.ts';
import { readyToClose } from '../stages/ready-to-close.ts';
import type { Confirmation, Intake, Reply, Solution } from './facts.ts';
import { carryOut, noteWarranty } from './solution.ts';

export async function standardService(input: OpenCase): Promise<Closing> {
  return runCase(input, serve);
}

/**
 * Answered, solved, asked. Two timers run from the receipt, both soft: to the reply, and to the problem solved or a solution
 * offered, which is enough to meet it [STD.D1 STD.X1].
 */
async function serve(c: Case): Promise<void> {
  const intake = c.intake<Intake>();
  noteWarranty(c, intake); //                                                        standard 5
  const timer = c.state.kind === 'suggestion' ? undefined : c.watch('solution', { from: c.acceptedAt });
  c.enter('reply');
  const reply = await c.ask<Reply>('reply', { from: c.acceptedAt }); //              flow 2, standard 1
  if (answered(c, reply.facts, reply.unrecorded)) {
    if (timer !== undefined) c.meet(timer, reply.occurredAt);
  } else {
    await solve(c, intake, timer); //                                                standard 1
  }
  await readyToClose(c, []);
}

/** A suggestion is heard, an inquiry answered; a complaint is never settled by the reply alone [STD.P2]. */
function answered(c: Case, { settled }: Reply, unrecorded: boolean): boolean {
  if (c.state.kind === 'suggestion') return true;
  return c.state.kind === 'inquiry' && (unrecorded || settled);
}

/** Until the problem is solved and, after a complaint, the customer says so; dissatisfied, the next round begins. */
async function solve(c: Case, intake: Intake, timer: string | undefined): Promise<void> {
  for (let [clock, from] = [timer, c.acceptedAt]; ;) {
    c.enter('solution');
    const offered = await c.ask<Solution>('solution', { from, ...(clock === undefined ? { within: null } : { clock }) });
    clock = undefined;
    from = offered.occurredAt;
    if (!offered.unrecorded && !(await carryOut(c, offered.facts, intake))) continue; // another solution
    if (c.state.kind !== 'complaint') return;
    c.enter('confirmation');
    const { facts, occurredAt, unrecorded } = await c.ask<Confirmation>('confirmation'); // flow 7
    if (unrecorded || facts.satisfied) return;
    c.nextRound();
    clock = c.watch('solution', { from: occurredAt });
    from = occurredAt;
  }
}
