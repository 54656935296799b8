/** S3-CS19, any complaint that is no repair: handled within a week, told, closed (3.4.5, P21). */
import type { Case } from '../kit/case.ts';
import type { Closing, OpenCase } from '../kit/messages.ts';
import { runCase } from '../kit/run.ts';
import { passToDepartment } from '../stages/department.ts';
import { keepRegister } from '../stages/register.ts';
import { classify, severityServed } from '../stages/severity.ts';

export async function otherComplaint(input: OpenCase): Promise<Closing> {
  return runCase(input, handleComplaint);
}

/** Handled within a week, told to the customer, closed [CS19.P21]. */
async function handleComplaint(c: Case): Promise<void> {
  const register = keepRegister(c); //                                               3.4.4 weekly item
  passToDepartment(c); //                                                            3.4.2
  classify(c); //                                                                    2.1.2, 3.4.7
  c.enter('solution');
  const solved = await c.ask('solution', { within: 'other', from: c.acceptedAt }); // 3.4.5 one week, soft
  register.resultKnown(solved.occurredAt);
  c.enter('telling');
  await c.ask('customerTold', { from: solved.occurredAt }); //                       3.4.2 tracked to the end
  await severityServed(c); //                                                        3.10.5-3.10.6
}
