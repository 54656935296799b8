/** How a worker of ours runs, whoever starts it: the process, the tests, the benchmark. */
import { fileURLToPath } from 'node:url';
import type { BundleOptions, WorkerOptions } from '@temporalio/worker';
import type { Ports } from '../workflows/kit/ports.ts';

export const workflowsPath = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));

/** The production bundle: the procedures and nothing else, in particular nothing that shifts time. */
export const bundleOptions: BundleOptions = { workflowsPath };

export function workerOptions(activities: Ports): Partial<WorkerOptions> {
  return {
    activities: { ...activities },
    reuseV8Context: true,
    // The default is 0: activities in flight would be cut at once. Twenty seconds let a record finish.
    shutdownGraceTime: '20s',
    shutdownForceTime: '40s',
  };
}
