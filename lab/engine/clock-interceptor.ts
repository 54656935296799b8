/**
 * Workflow interceptor of the lab's worker, and of no other: a story may lie at any date, but the engine's virtual time
 * only runs forward from now. So the sandbox's `Date` is shifted by what the case's memo says. And a timer that ends
 * within an outage of the story ends with the outage: virtual time does not pass a task that waits for a worker, so the
 * engine has to have none while the worker is away.
 */
import { workflowInfo, type WorkflowInterceptorsFactory } from '@temporalio/workflow';
import { afterOutage, type OutageSpan } from './outage.ts';
import { shiftedDate } from './shifted-date.ts';

export const interceptors: WorkflowInterceptorsFactory = () => ({
  inbound: [
    {
      // The memo can be read from `execute` on, not yet in the factory.
      async execute(input, next) {
        const shift = workflowInfo().memo?.['clockShiftMs'];
        if (typeof shift === 'number') globalThis.Date = shiftedDate(globalThis.Date, shift);
        return next(input);
      },
    },
  ],
  outbound: [
    {
      startTimer(input, next) {
        const outages = (workflowInfo().memo?.['outages'] ?? []) as OutageSpan[];
        const now = Date.now();
        return next({ ...input, durationMs: afterOutage(now + input.durationMs, outages) - now });
      },
    },
  ],
});
