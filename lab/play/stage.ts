/** Where one story is played: its desk, whose clock is the story's, its cases and their clocks. */
import type { Client } from '@temporalio/client';
import { createDesk, type Desk } from '../../desk/index.ts';
import { workflowIdOf } from '../../workflows/kit/names.ts';
import type { Instant } from '../../domain/time.ts';
import type { StoryDatabase } from '../engine/databases.ts';
import type { LabWorker } from '../engine/worker.ts';
import { VirtualClock } from '../engine/virtual-clock.ts';
import type { Look } from '../expect/look.ts';
import type { Story } from '../story.ts';
import { storyRules } from './rules.ts';

export interface StageOptions {
  readonly client: Client;
  readonly worker: LabWorker;
  readonly database: StoryDatabase;
  readonly sealKey: Buffer;
  /** The story is not played again: what is late now is found so. */
  readonly lastTime: boolean;
  /** Says that a case number belongs to this story. */
  readonly owns: (caseNumber: string, desk: Desk) => void;
}

/** Nobody decides: what was said is received, and waits. */
export class Away extends Error {}

export class Stage {
  readonly story: Story;
  readonly options: StageOptions;
  readonly desk: Desk;
  /** What the desk's clock shows. */
  now: Instant = 0;
  /** Case → number. */
  readonly numbers = new Map<string, string>();
  /** Case → what was seen of it last. */
  readonly looks = new Map<string, Look>();
  openings = 0;
  /** While the worker is away: what was said meanwhile, in its order. */
  waiting: (() => Promise<void>)[] | undefined;
  private readonly clocks = new Map<string, VirtualClock>();

  constructor(story: Story, options: StageOptions) {
    this.story = story;
    this.options = options;
    this.desk = createDesk({
      db: options.database.db,
      sealKey: options.sealKey,
      rules: storyRules(story, () => this.now),
      clock: () => this.now,
      between: async () => {
        if (this.waiting !== undefined) throw new Away();
      },
      engine: {
        client: options.client,
        taskQueue: options.worker.taskQueue,
        amendStart: ({ number, kind, opening }) => {
          options.owns(number, this.desk);
          // A case that another has opened goes by its kind.
          if (opening.facts['source'] !== undefined) this.numbers.set(kind, number);
          const clock = new VirtualClock(Math.max(opening.receivedAt, this.now));
          this.clocks.set(number, clock);
          return { memo: { clockShiftMs: clock.shiftMs, outages: story.outages } };
        },
      },
    });
  }

  /** Moves one case on; the others stand where they are. */
  async moveTo(name: string, at: Instant): Promise<void> {
    const number = this.numbers.get(name);
    if (number !== undefined) await this.clocks.get(number)?.moveTo(at, this.options.client, workflowIdOf(number));
  }

  /** Ends what still runs, so that nothing falls due after the story. */
  async clear(): Promise<void> {
    const running = [...this.clocks.keys()].map((number) => this.options.client.workflow.getHandle(workflowIdOf(number)));
    await Promise.all(running.map((handle) => handle.terminate('the story is over').catch(() => undefined)));
  }
}
