/** Moves the virtual time of one workflow forward (time skipping of the server, per workflow). */
import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';

const Poll = proto.temporal.api.enums.v1.FastForwardPollingResult;

/** Skips are capped per jump (200 on the server); past the cap time would silently run at wall speed. */
const LONGEST_MS = 30 * 86_400_000;
const AT_MOST_MS = 60_000;

/**
 * `gave-up`: the server no longer follows the jump, which says nothing of where the run stands nor whether it has
 * ended: whoever asked looks, and asks again.
 */
export type Forwarded = { readonly result: 'reached' } | { readonly result: 'gave-up'; readonly why: string };

/**
 * Moves the run forward by `ms` and waits until it is there. Timers due on the way fire in order; activities run and
 * hold the clock. @throws when it is not there within a minute
 */
export async function forward(client: Client, workflowId: string, ms: number): Promise<Forwarded> {
  for (let left = ms; left > 0; left -= LONGEST_MS) {
    const jumped = await jump(client, workflowId, Math.min(left, LONGEST_MS));
    if (jumped.result === 'gave-up') return jumped;
  }
  return { result: 'reached' };
}

async function jump(client: Client, workflowId: string, ms: number): Promise<Forwarded> {
  const id = randomUUID();
  const run = { namespace: client.options.namespace, workflowExecution: { workflowId } };
  await client.workflowService.updateWorkflowExecutionOptions({
    ...run,
    workflowExecutionOptions: { timeSkippingConfig: { enabled: true, fastForwardConfig: { id, duration: msToTs(ms) } } },
    updateMask: { paths: ['time_skipping_config'] },
  });
  for (const until = Date.now() + AT_MOST_MS; Date.now() < until;) {
    const { fastForwardPollingResult: result, failedReason } = await client.workflowService.pollWorkflowExecutionTimeSkipping({
      ...run,
      fastForwardId: id,
    });
    if (result === Poll.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_COMPLETED) return { result: 'reached' };
    if (result === Poll.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_FAILED) return { result: 'gave-up', why: failedReason };
  }
  throw new Error(`case ${workflowId} did not move forward by ${ms} ms within a minute`);
}
