/** Worker bundle of the benchmark: the reference case on the product's kit, and its floor without any of it. */
import { allHandlersFinished, condition, setHandler, sleep } from '@temporalio/workflow';
import { submit, type Answer, type Closing, type Message, type OpenCase } from '../../workflows/kit/messages.ts';
import { runCase } from '../../workflows/kit/run.ts';

export * from '../../workflows/index.ts';

export const DECISIONS = 8;

/** Opening, eight decisions, closing, one deadline; no breach, no effect. */
export async function referenceCase(input: OpenCase): Promise<Closing> {
  return runCase(input, async (c) => {
    for (let n = 0; n < DECISIONS; n += 1) await c.ask('decision');
  });
}

/** F of the measurements the kit is held against: the same updates and one timer, nothing judged, nothing stored. */
export async function bareCase(opening: Message): Promise<number> {
  let taken = 0;
  setHandler(submit, (message): Answer => {
    if (message.key !== opening.key) taken += 1;
    return { verdict: { outcome: 'accepted', firstSeq: taken, lastSeq: taken }, events: [] };
  });
  void sleep('60 days');
  await condition(() => taken === DECISIONS);
  await condition(allHandlersFinished);
  return taken;
}
