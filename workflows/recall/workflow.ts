/** S4-FEEDBACK, a recall: 召回 (3.2, 3.4). A case of its own with an approval of its own. */
import type { Case } from '../kit/case.ts';
import type { Closing, OpenCase } from '../kit/messages.ts';
import { runCase } from '../kit/run.ts';
import { reportToAuthority } from '../stages/authority-report.ts';

export async function recall(input: OpenCase): Promise<Closing> {
  return runCase(input, followRecall);
}

async function followRecall(c: Case): Promise<void> {
  c.owe('investigation'); //                                                         3.2 品管部
  await reportToAuthority(c); //                                                     3.4
}
