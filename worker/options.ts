/** How a worker of ours runs, whoever starts it: the process, the tests, the benchmark. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BundleOptions, WorkerOptions } from '@temporalio/worker';
import type { Ports } from '../workflows/kit/ports.ts';

export const workflowsPath = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));

/**
 * Rules, kit and procedures keep no state of their own between cases, so all cases of a worker share one copy of their
 * code instead of holding one each (memory per cached case, docs/performance.md). A module in these two folders must have
 * no variable at its top level: it would leak from case to case. A test holds them to it.
 */
export const sharedModules: string[] = ['../domain', '../workflows'].flatMap((folder) => modulesOf(fileURLToPath(new URL(folder, import.meta.url))));

function modulesOf(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.ts')).map((file) => join(folder, file)).sort();
}

/** The production bundle: the procedures and nothing else, in particular nothing that shifts time. */
export const bundleOptions: BundleOptions = { workflowsPath, preloadModules: sharedModules };

export function workerOptions(activities: Ports): Partial<WorkerOptions> {
  return {
    activities: { ...activities },
    reuseV8Context: true,
    // The default is 0: activities in flight would be cut at once. Twenty seconds let a record finish.
    shutdownGraceTime: '20s',
    shutdownForceTime: '40s',
  };
}
