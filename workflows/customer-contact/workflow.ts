/** S0-TS16949, a contact with a customer that is no complaint, or a visit: TS16949服务控制程序, 6.4.4 and 6.6. */
import type { Case } from '../kit/case.ts';
import type { Closing, OpenCase } from '../kit/messages.ts';
import { runCase } from '../kit/run.ts';
import { passedOn, reported, type Information } from '../stages/information.ts';

export async function customerContact(input: OpenCase): Promise<Closing> {
  return runCase(input, noteContact);
}

/** Every contact is noted in the register [TS.P19], and written customer information is compiled from the notes [TS.P20]. */
async function noteContact(c: Case): Promise<void> {
  const { channel } = c.intake<{ channel: string }>();
  c.enter('information');
  const information = await c.ask<Information>('customerInformation'); //            6.6
  passedOn(c, information);
  if (channel === 'visited') c.tell('superiors', 'visit-information', '6.4.4');
  if (!information.facts.toGeneralManager) return;
  c.enter('report');
  await c.ask('reportToGeneralManager', { from: information.occurredAt }); //        6.6 where necessary
  reported(c);
}
