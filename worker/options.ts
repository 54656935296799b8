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
export const sharedModules: string[] = ['../domain', '../workflows'].flatMap((folder) =>
  modulesOf(fileURLToPath(new URL(folder, import.meta.url))),
);

function modulesOf(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file))
    .sort();
}

/** The production bundle: the procedures and nothing else, in particular nothing that shifts time. */
export const bundleOptions: BundleOptions = { workflowsPath, preloadModules: sharedModules, webpackConfigHook: forThisNode };

/**
 * The SDK compiles for the oldest Node it knows and so replaces object spread by a slow helper, which the reducer feels.
 * Cases only ever run on the Node of this package.
 */
function forThisNode(webpack: Parameters<NonNullable<BundleOptions['webpackConfigHook']>>[0]): typeof webpack {
  const loader = webpack.module?.rules?.map(
    (rule) => (rule as { use?: { options?: { jsc?: { target: string } } } } | undefined)?.use?.options?.jsc,
  );
  const swc = loader?.find((jsc) => jsc !== undefined);
  if (swc === undefined) throw new Error('the bundler no longer compiles by swc: look at worker/options.ts');
  swc.target = 'es2022';
  return webpack;
}

export function workerOptions(activities: Ports): Partial<WorkerOptions> {
  return {
    activities: { ...activities },
    reuseV8Context: true,
    // The default is 0: activities in flight would be cut at once. Twenty seconds let a record finish.
    shutdownGraceTime: '20s',
    shutdownForceTime: '40s',
  };
}
