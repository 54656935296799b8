/** The clock of one case: the server's virtual time of its run, shifted to the story. */
import type { Client } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time.js';
import type { Instant } from '../../domain/time.ts';
import { forward } from './forward.ts';

export class VirtualClock {
  /** What the case's memo carries: how far the story is from the host's present when the case is opened. */
  readonly shiftMs: number;
  private ended = false;

  constructor(story: Instant, host: number = Date.now()) {
    this.shiftMs = story - host;
  }

  /** Moves the case on until `at`, unless it is there already. A case that has ended stands still. */
  async moveTo(at: Instant, client: Client, workflowId: string): Promise<void> {
    if (this.ended) return;
    const ms = at - (await this.now(client, workflowId));
    if (ms > 0) this.ended = (await forward(client, workflowId, ms)) === 'ended';
  }

  /** Asked of the server: time spent on activities counts, time spent on the way of a jump does not. */
  private async now(client: Client, workflowId: string): Promise<Instant> {
    const { raw } = await client.workflow.getHandle(workflowId).describe();
    const virtual = raw.workflowExtendedInfo?.timeSkippingInfo?.currentTime;
    return (virtual == null ? Date.now() : tsToMs(virtual)) + this.shiftMs;
  }
}
