/** S1-OUTLET: how a repair outlet is set up, by the company itself or by a contractor (维修网点, 4.1). */
import type { Case } from '../kit/case.ts';
import type { Closing, OpenCase } from '../kit/messages.ts';
import { runCase } from '../kit/run.ts';
import { outsourcedOutlet } from './outsourced.ts';
import { ownOutlet } from './own.ts';

export async function outletApplication(input: OpenCase): Promise<Closing> {
  return runCase(input, setUpOutlet);
}

/** Own outlets by application, outsourced ones by tender [OUT.K1]. */
async function setUpOutlet(c: Case): Promise<void> {
  await (c.state.kind === 'outsourcedOutlet' ? outsourcedOutlet(c) : ownOutlet(c));
}
