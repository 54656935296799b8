/** The worker of a story goes away, and is back: what nobody decided meanwhile is decided then. */
import { setTimeout as pause } from 'node:timers/promises';
import type { StoryStep } from '../story.ts';
import { look } from './look.ts';
import type { Stage } from './stage.ts';

/** Nothing is under way when the worker is stopped; from then on the cases' time passes without it. */
export async function begin(stage: Stage, { at }: StoryStep): Promise<void> {
  for (const name of stage.numbers.keys()) {
    await stage.moveTo(name, at);
    await look(stage, name);
  }
  await stage.options.worker.stop();
  stage.waiting = [];
}

/** What waits is asked in its order, this far apart. */
const APART_MS = 50;

/**
 * A fresh worker that knows the cases from their histories only. What was received meanwhile is there when it comes, as
 * a sweeper of another process would have sent it, and is judged before what fell due.
 */
export async function end(stage: Stage, { at }: StoryStep): Promise<void> {
  for (const name of stage.numbers.keys()) await stage.moveTo(name, at);
  stage.now = at;
  const waiting = stage.waiting ?? [];
  stage.waiting = undefined;
  const asked: Promise<void>[] = [];
  for (const ask of waiting) {
    asked.push(ask());
    await pause(APART_MS);
  }
  await Promise.all([stage.options.worker.start(), ...asked]);
  for (const name of stage.numbers.keys()) await look(stage, name);
}
