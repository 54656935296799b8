/** S0-TS16949, a customer's opinion (complaint or suggestion): TS16949服务控制程序, 6.8 and 6.9. */
import type { Answered, Case } from '../kit/case.ts';
import type { Closing, OpenCase } from '../kit/messages.ts';
import { runCase } from '../kit/run.ts';
import { closingOf } from '../stages/closing.ts';
import { passInformationOn } from '../stages/information.ts';
import { sendForResearch } from '../stages/research.ts';
import type { Opinion, Suggestion } from './facts.ts';
import { Plans } from './plan.ts';
import { headsMeet } from './meeting.ts';
import { stands } from './validity.ts';

/** A complaint is recorded in full [TS.P1]; a suggestion goes the short way. Both run under the prescribed time [TS.D3]. */
export async function qualityComplaint(input: OpenCase): Promise<Closing> {
  return runCase(input, handleOpinion);
}

async function handleOpinion(c: Case): Promise<void> {
  passInformationOn(c); //                                                           6.6
  sendForResearch(c);
  if (c.state.kind === 'suggestion') await handleSuggestion(c);
  else await handleComplaint(c);
  await c.allDone(['researchResult', 'reportToGeneralManager']);
}

async function handleComplaint(c: Case): Promise<void> {
  let handling = c.watch('handling', { from: c.acceptedAt }); //                     1.2, 4 the prescribed time
  const plans = new Plans(c); //                                                     6.8.5 class decides who approves
  if (!(await stands(c, (reply) => handled(c, handling, reply)))) return file(c); // 6.8.2 tactful reply
  for (let backTo: Opinion['backTo'] = 'meeting'; ;) {
    if (backTo === 'meeting') await headsMeet(c); //                                 6.8.3 unit and persons
    await plans.carriedOut(await plans.drawnUp()); //                                6.8.4, 6.8.5
    const opinion = await toldAndHeard(c, (told) => handled(c, handling, told)); //  6.8.6
    if (opinion.unrecorded || opinion.facts.satisfied) break;
    backTo = opinion.facts.backTo ?? 'meeting'; //                                   dissatisfied: next round
    c.nextRound();
    handling = c.watch('handling', { from: opinion.occurredAt });
  }
  await summedUp(c); //                                                              6.8.7
  await file(c); //                                                                  6.9
}

/** Accepted, handled, told. */
async function handleSuggestion(c: Case): Promise<void> {
  const handling = c.watch('handling', { from: c.acceptedAt });
  c.enter('suggestion');
  const { facts, occurredAt } = await c.ask<Suggestion>('considerSuggestion');
  for (const department of facts.forwardedTo ?? []) c.tell(department, 'suggestion', '6.6');
  c.enter('telling');
  handled(c, handling, await c.ask('customerTold', { from: occurredAt }));
}

/** The customer is told the result and asked for an opinion of it [TS.P7], as soon as possible: timed only where a pack sets a limit [TS.D5]. */
async function toldAndHeard(c: Case, tellable: (told: Answered) => void): Promise<Answered<Opinion>> {
  c.enter('telling');
  const told = await c.ask('customerTold');
  tellable(told);
  return c.ask<Opinion>('opinion', { from: told.occurredAt });
}

/** The handling is summed up and evaluated as a whole [TS.P8]; no complaint that stood closes without it [TS.Q4]. */
async function summedUp(c: Case): Promise<void> {
  c.enter('summary');
  await c.ask('summary');
}

/** An opinion is handled when the customer has the answer: the result, or the tactful reply that was understood. */
function handled(c: Case, handling: string, { occurredAt, unrecorded }: Answered<unknown>): void {
  if (unrecorded) c.stop(handling, 'unrecorded');
  else c.meet(handling, occurredAt);
}

/** The form is completed and filed before the case closes [TS.P9 TS.A1], together with whatever else the pack requires. */
async function file(c: Case): Promise<void> {
  c.enter('filing');
  if (c.state.known['stands'] === false) c.spare('summary');
  const ready = closingOf(c, 'filing');
  await c.ask('filing', {
    guard: ({ facts }) => (facts['complete'] === true ? ready() : { code: 'closing-incomplete', detail: 'complete' }),
  });
}
