/**
 * Workflow interceptor of the lab's worker, and of no other: a story may lie at any date, but the engine's virtual time
 * only runs forward from now. So the sandbox's `Date` is shifted by what the case's memo says.
 */
import { workflowInfo, type WorkflowInterceptorsFactory } from '@temporalio/workflow';
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
});
