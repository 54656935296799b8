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
 * Moves the run forward by `ms` and waits until it is there. Timers due on the way fire in order; activities run and
 * hold the clock. `ended`: the run closed first. @throws when it is not there within a minute
 */
export async function forward(client: Client, workflowId: string, ms: number): Promise<'reached' | 'ended'> {
  for (let left = ms; left > 0; left -= LONGEST_MS) {
    if ((await jump(client, workflowId, Math.min(left, LONGEST_MS))) === 'ended') return 'ended';
  }
  return 'reached';
}

async function jump(client: Client, workflowId: string, ms: number): Promise<'reached' | 'ended'> {
  const id = randomUUID();
  const run = { namespace: client.options.namespace, workflowExecution: { workflowId } };
  await client.workflowService.updateWorkflowExecutionOptions({
    ...run,
    workflowExecutionOptions: { timeSkippingConfig: { enabled: true, fastForwardConfig: { id, duration: msToTs(ms) } } },
    updateMask: { paths: ['time_skipping_config'] },
  });
  for (const until = Date.now() + AT_MOST_MS; Date.now() < until;) {
    const { fastForwardPollingResult: result } = await client.workflowService.pollWorkflowExecutionTimeSkipping({
      ...run,
      fastForwardId: id,
    });
    if (result === Poll.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_COMPLETED) return 'reached';
    if (result === Poll.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_FAILED) return 'ended';
  }
  throw new Error(`case ${workflowId} did not move forward by ${ms} ms within a minute`);
}
