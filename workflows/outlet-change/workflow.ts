/** S1-OUTLET, an outlet that moves or closes: whether the certification body must hear of it (S1-CERT, lines 46-51). */
import type { Case } from '../kit/case.ts';
import type { Closing, OpenCase } from '../kit/messages.ts';
import { runCase } from '../kit/run.ts';
import { changeApplication } from '../stages/change-application.ts';

interface Change {
  readonly outlet: string;
  readonly change: 'moves' | 'closes';
}

export async function outletChange(input: OpenCase): Promise<Closing> {
  return runCase(input, changeOutlet);
}

/** Moving or closing an outlet raises the question of a change application [CERT.X1], unless the pack has none of that. */
async function changeOutlet(c: Case): Promise<void> {
  const { outlet, change } = c.intake<Change>();
  c.know({ outlet, change }, '3.1');
  c.tell('serviceDepartment', `outlet-${change}`, '3.1');
  if (c.switch('changeApplication') !== false) await changeApplication(c); //         CERT.P1-P4
}
