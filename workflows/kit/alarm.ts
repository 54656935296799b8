/**
 * One lazily re-armed timer per case. An earlier timer is left running; when it fires, what is due is acted on and the
 * next instant is armed. Nothing is cancelled: a cancelled timer costs an event and leaves its row until due.
 */
import { sleep } from '@temporalio/workflow';
import { formatDue, type Instant } from '../../domain/time.ts';

export class Alarm {
  private armed: Instant | undefined;
  private readonly wake: () => Promise<Instant | undefined>;

  /** `wake` acts on all that is due and says when the next thing is. */
  constructor(wake: () => Promise<Instant | undefined>) {
    this.wake = wake;
  }

  /** Arms `at` unless an earlier instant is armed already. */
  arm(at: Instant | undefined): void {
    if (at === undefined || (this.armed !== undefined && this.armed <= at)) return;
    this.armed = at;
    void sleep(Math.max(at - Date.now(), 1), { summary: `due ${formatDue(at - 1)}` }).then(() => this.ring(at));
  }

  private async ring(at: Instant): Promise<void> {
    if (this.armed === at) this.armed = undefined;
    this.arm(await this.wake());
  }
}
