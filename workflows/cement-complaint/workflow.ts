/** S2-CEMENT, a complaint to a cement maker: 二、客户投诉处理管理, and 信息反馈及资料存档工作. */
import type { StepId } from '../../domain/pack.ts';
import type { Case } from '../kit/case.ts';
import { Lapsed } from '../kit/errors.ts';
import type { Closing, OpenCase } from '../kit/messages.ts';
import { runCase } from '../kit/run.ts';
import { readyToClose } from '../stages/ready-to-close.ts';
import { fileByYear } from '../stages/year-file.ts';
import { analyse, explain } from './analysis.ts';
import { Decision } from './decision.ts';
import { holdDeliveries } from './delivery-hold.ts';
import type { Departments, Intake } from './facts.ts';
import { answerFirst, findProduct, keepInformed, passOnOpinions } from './first-response.ts';
import { bothSatisfied, carryOut, signOpinion } from './handling.ts';
import { agreedPlan, meetingsPlan, type Matter } from './plan.ts';
import { Classification, tellDepartments, unlessReclassed } from './severity.ts';
import { SiteService } from './site.ts';

/** What nobody waits for on the way, and no case closes without. */
const before: readonly StepId[] = [
  'productDetails',
  'telephoneReply',
  'arrangement',
  'siteArrival',
  'siteRecord',
  'deliveryRelease',
  'reply',
];
const beforeOurs: readonly StepId[] = ['improvement', 'improvementEffect', 'authorityNotice', 'reportToSuperiors', 'reportToCompany'];

/** What the pack requires before closing where the cause is ours, and only there. */
const ofOurs: readonly StepId[] = ['handlingOpinion', 'reportToSuperiors', 'satisfaction', 'departmentNotice', 'improvement', 'meeting'];

/** From the receipt to the year's file; who is dissatisfied with the handling opens the next round. */
export async function cementComplaint(input: OpenCase): Promise<Closing> {
  return runCase(input, handleComplaint);
}

async function handleComplaint(c: Case): Promise<void> {
  const intake = c.intake<Intake>(); //                                              二(二)1 asked, recorded
  if (c.state.kind === 'quality') findProduct(c); //                                 二(二)1 at once
  answerFirst(c); //                                                                 质检部8, 信息反馈(五)
  const informed = keepInformed(c); //                                               二(二)4
  const site = new SiteService(c, intake); //                                        质检部6 24 hours
  const decision = new Decision(c); //                                               信息反馈(七)2
  const severity = new Classification(c); //                                         二(二)3, 信息反馈(四)
  holdDeliveries(c); //                                                              质检部7
  passOnOpinions(c); //                                                              质检部10
  c.offer('causeSummary', () => undefined); //                                       一(四)

  const { ourFault, cause } = await analyse(c); //                                   二(二)2
  const builderMustAccept = (): boolean => site.needed && cause === 'quality' && c.switch('builderMustAccept') !== false;
  if (ourFault) {
    await handleOurs(c, intake, severity, { decision, builderMustAccept });
  } else {
    await explain(c, decision); //                                                   二(二)2 appraisal and grounds
    c.spare(...ofOurs);
    await c.allDone(before);
  }
  informed.over();
  severity.close();
  await fileByYear(c); //                                                            信息反馈(一) [CEM.P16]
}

/** Each round goes the way of its class; another class begins it anew, and the class at closing must have been gone through. */
async function handleOurs(c: Case, intake: Intake, severity: Classification, matter: Matter): Promise<void> {
  await severity.known();
  for (;;) {
    const level = c.state.severity;
    const satisfied = await unlessReclassed(c, async () => {
      if (level === 'light') await departmentsKnow(c); //                            二(二)3
      else if (level === 'principle') await meetingsPlan(c, matter); //              信息反馈(四)
      else await agreedPlan(c, matter); //                                           二(二)3
      if (level !== 'light') await carryOut(c); //                                   二(二)4
      await signOpinion(c, matter); //                                               信息反馈(六)
      return bothSatisfied(c, intake, matter); //                                    信息反馈(二)-(三)
    });
    if (satisfied !== true) continue;
    c.enter('closing');
    await readyToClose(c, [...before, ...beforeOurs], { unless: () => severity.above(level) });
    if (!severity.above(level)) return;
  }
}

/** Again in each later round: the departments hear that it was not settled. */
async function departmentsKnow(c: Case): Promise<void> {
  c.enter('notice');
  if (c.state.round > 1) tellDepartments(c, c.now);
  await c.allDone(['departmentNotice']);
  if (c.state.severity !== 'light') throw new Lapsed('class changed');
}

/** An opinion or suggestion: whoever gave it is told what happens to it, and a good one goes to the departments [CEM.P18]. */
export async function cementOpinion(input: OpenCase): Promise<Closing> {
  return runCase(input, async (c) => {
    c.spare('departmentNotice'); //                                                  an opinion has no class
    c.owe('arrangement', { from: c.acceptedAt }); //                                 信息反馈(五)
    c.enter('opinion');
    const { facts, unrecorded } = await c.ask<Departments>('customerOpinion', { from: c.acceptedAt }); // 一(一)
    if (!unrecorded) for (const department of facts.departments) c.tell(department, 'customer-opinion', '一(一)');
    await readyToClose(c, ['arrangement']);
  });
}
