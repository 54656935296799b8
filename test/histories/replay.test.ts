/** The replay gate: what ran once must come out the same by today's code, or running cases would break at a deploy. */
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { beforeAll, expect, test } from 'vitest';
import { bundleOptions } from '../../worker/options.ts';
import { closingStories } from './closing-stories.ts';
import { keptHistories } from './kept.ts';
import { feedbackStories } from './feedback-stories.ts';
import { packStories } from './pack-stories.ts';
import { serviceControlStories } from './service-control-stories.ts';
import { stories } from './stories.ts';

let workflowBundle: WorkflowBundleWithSourceMap;
const kept = keptHistories();

beforeAll(async () => {
  const logger = new DefaultLogger('ERROR');
  Runtime.install({ logger });
  workflowBundle = await bundleWorkflowCode({ ...bundleOptions, logger });
});

test('every branch has a history that is kept', () => {
  const names = kept.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining([...stories, ...packStories, ...serviceControlStories, ...feedbackStories, ...closingStories].map(({ name }) => name)));
});

test.each(kept)('$name', async ({ name, history }) => {
  await Worker.runReplayHistory({ workflowBundle }, history as never, name);
});

interface Raw {
  events: { activityTaskScheduledEventAttributes?: { activityType: { name: string } }; timerStartedEventAttributes?: unknown }[];
}

test('the gate bites: another activity than the one that ran', async () => {
  const broken = structuredClone(kept.find(({ name }) => name === 'class-a-to-the-end-with-shortfall')?.history) as Raw;
  const scheduled = broken.events.find((e) => e.activityTaskScheduledEventAttributes?.activityType.name === 'issueWorkOrder');
  if (scheduled?.activityTaskScheduledEventAttributes === undefined) throw new Error('the history issues no work order');
  scheduled.activityTaskScheduledEventAttributes.activityType.name = 'somethingElse';
  await expect(Worker.runReplayHistory({ workflowBundle }, broken as never, 'broken')).rejects.toThrow(/Nondeterminism|TMPRL1100/i);
});
