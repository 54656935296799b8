/** S3-CS19, repair complaint of a property developer: 客户服务管理程序, chapters 3.4 to 3.6. */
import { proxyActivities } from '@temporalio/workflow';
import type { Fen } from '../../domain/money.ts';
import type { Answered, Case } from '../kit/case.ts';
import type { Closing, OpenCase } from '../kit/messages.ts';
import type { EffectPorts, LookUpPorts } from '../kit/ports.ts';
import { runCase } from '../kit/run.ts';
import { approveByAmount, toProposal } from '../stages/approval.ts';
import { passToDepartment } from '../stages/department.ts';
import { keepRegister } from '../stages/register.ts';
import { classify, severityServed } from '../stages/severity.ts';
import type { Amount, FollowUp, Intake, Survey } from './facts.ts';
import { repair, RepairClock } from './repair.ts';
import { settleAccounts } from './settlement.ts';
import { jointSurvey } from './survey.ts';

const { issueWorkOrder, fileDossier, lookUpUnit } = proxyActivities<EffectPorts & LookUpPorts>({
  startToCloseTimeout: '30s',
  retry: { maximumInterval: '30s' },
});

/** From the call to the payment; the customer's answer to the call ends it or opens the next round [CS19.P12 CS19.P19]. */
export async function propertyRepair(input: OpenCase): Promise<Closing> {
  return runCase(input, repairComplaint);
}

async function repairComplaint(c: Case): Promise<void> {
  const intake = c.intake<Intake>(); //                                              3.4.3 registered, numbered
  const { unit } = intake;
  if (unit !== undefined) c.effect('lookUpUnit', () => lookUpUnit(unit));
  const register = keepRegister(c); //                                               3.4.4 weekly item
  passToDepartment(c); //                                                            3.4.2 own handling or passed on
  classify(c); //                                                                    2.1.2, 3.4.7

  const approved: Fen[] = [];
  for (let from = c.acceptedAt; ;) {
    const survey = await jointSurvey(c, intake, from); //                            3.4.5 one working day
    const clock = new RepairClock(c, survey);
    const estimate = await approveEstimate(c, survey, intake, approved); //          3.6.1 by amount
    if (estimate !== undefined) approved.push(estimate);
    issueOrder(c, survey, clock, estimate ?? 0); //                                  3.5.1 class A or B
    const done = await repair(c, clock); //                                          3.5.2-3.5.3
    register.resultKnown(done.occurredAt);
    c.enter('followUp');
    const call = await c.ask<FollowUp>('followUp', { from: done.occurredAt }); //    3.5.4 one working day
    if (call.unrecorded || call.facts.satisfied) break;
    from = call.occurredAt; //                                                       dissatisfied: next round
    c.nextRound();
  }
  await settleAccounts(
    c,
    intake,
    approved.reduce((sum, one) => sum + one, 0),
  ); //   3.5.5-3.5.9
  await severityServed(c); //                                                        3.10.5-3.10.6
  c.effect('fileDossier', fileDossier);
}

/**
 * The sheet's estimate, else the provisional one of the intake; unknown, it is asked for. In a later round without an
 * estimate of its own the work stays within what was approved.
 */
async function approveEstimate(c: Case, survey: Answered<Survey>, intake: Intake, earlier: readonly Fen[]): Promise<Fen | undefined> {
  c.enter('approval');
  const stated = survey.facts.estimate ?? (c.state.round === 1 && !survey.unrecorded ? intake.provisionalEstimate : undefined);
  if (stated === undefined && c.state.round > 1) return undefined;
  const entered = stated === undefined ? await c.ask<Amount>('estimate') : { ...survey, facts: { amount: stated } };
  if (entered.unrecorded) return undefined;
  const { amount } = await approveByAmount(c, 'estimate', toProposal(entered), { table: 'estimate', earlier });
  c.know({ approvedEstimate: earlier.reduce((sum, one) => sum + one, amount) }, '3.6.1');
  return amount;
}

/** Class A is warranty work, class B for the company's account [CS19.P8]. */
function issueOrder(c: Case, survey: Answered<Survey>, clock: RepairClock, amount: Fen): void {
  clock.orderIssued();
  if (survey.unrecorded) return;
  const orderClass = c.state.known['orderClass'] === 'A' ? 'A' : 'B';
  c.effect('issueWorkOrder', (call) => issueWorkOrder({ ...call, orderClass, trades: survey.facts.trades, amount, dueAt: clock.dueAt }));
  if (c.state.round > 1) return;
  c.offer<{ orderClass: 'A' | 'B' }>('reclass', ({ facts }) => c.know({ orderClass: facts.orderClass }, '3.5.1'), { after: c.now });
}
