/** The clock of one case: the server's virtual time of its run, shifted to the story. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time.js';
import { formatInstant, type Instant } from '../../domain/time.ts';
import { forward } from './forward.ts';

/**
 * Between jumps virtual time runs at wall speed, so a short way is waited for. It must not be jumped: a target that is
 * passed while the case is at work does not end the skipping, and the case runs on to its next timer.
 */
const WAITED_MS = 600;
const PAST_MS = 10_000;
/** A jump that the server gave up is made again from where the case stands. */
const AT_MOST_JUMPS = 5;

/** The case ran past where it was to stop, or past what it was to act on. Time does not go back: the story must be played again. */
export class RanPast extends Error {}

export class VirtualClock {
  /** What the case's memo carries: how far the story is from the host's present when the case is opened. */
  readonly shiftMs: number;
  private ended = false;

  constructor(story: Instant, host: number = Date.now()) {
    this.shiftMs = story - host;
  }

  /**
   * Moves the case on until `at`, unless it is there already. A case that has ended stands still. Nothing should fall
   * due in the half second before `at`. @throws RanPast, or when the server gives up the way again and again
   */
  async moveTo(at: Instant, client: Client, workflowId: string): Promise<void> {
    let why = '';
    for (let jumps = 0; jumps <= AT_MOST_JUMPS; jumps += 1) {
      const ms = at - (await this.now(client, workflowId));
      if (this.ended) return;
      // Before the first jump it may stand anywhere: acts are given a little before what was looked at.
      if (jumps > 0 && -ms > PAST_MS) throw new RanPast(`case ${workflowId} ran ${-ms} ms past ${formatInstant(at)}`);
      if (ms <= 0) return;
      if (ms <= WAITED_MS) return void (await pause(ms));
      const forwarded = await forward(client, workflowId, ms);
      if (forwarded.result === 'gave-up') why = forwarded.why;
    }
    throw new Error(`case ${workflowId} did not reach ${formatInstant(at)}: ${why}`);
  }

  /** Asked of the server: time spent on activities counts, time spent on the way of a jump does not. */
  private async now(client: Client, workflowId: string): Promise<Instant> {
    const { status, raw } = await client.workflow.getHandle(workflowId).describe();
    if (status.name !== 'RUNNING') this.ended = true;
    const virtual = raw.workflowExtendedInfo?.timeSkippingInfo?.currentTime;
    return (virtual == null ? Date.now() : tsToMs(virtual)) + this.shiftMs;
  }
}
