/** S3-CS19, equipment of an estate after a full year of running: the 《产品使用情况表》 (3.7.3). Opened when it starts to run. */
import type { Case } from '../kit/case.ts';
import type { Closing, OpenCase } from '../kit/messages.ts';
import { runCase } from '../kit/run.ts';

export async function equipmentUse(input: OpenCase): Promise<Closing> {
  return runCase(input, useAfterAYear);
}

/** The property company fills the form, the service department passes it to engineering [CS19.Q9]. */
async function useAfterAYear(c: Case): Promise<void> {
  c.enter('running');
  const filled = await c.ask('equipmentUse', { from: c.acceptedAt }); // 3.7.3 after one year
  c.enter('passing');
  await c.ask('equipmentUsePassed', { from: filled.occurredAt });
  c.tell('engineering', 'equipment-use', '3.7.3');
}
