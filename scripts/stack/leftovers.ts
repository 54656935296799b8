import { isRunning, stopProcess } from './processes.ts';
import { partNames, type PartName, type StackState } from './state.ts';

/** What each part is asked with, and how long it may take (milliseconds). */
const manners: Record<PartName, { signal: NodeJS.Signals; graceMs: number }> = {
  codec: { signal: 'SIGTERM', graceMs: 30_000 },
  api: { signal: 'SIGTERM', graceMs: 30_000 },
  worker: { signal: 'SIGTERM', graceMs: 45_000 },
  temporal: { signal: 'SIGTERM', graceMs: 15_000 },
  postgres: { signal: 'SIGINT', graceMs: 30_000 },
};

/**
 * Stops what a killed `up` has left running, in order: the API first, PostgreSQL last. Only processes it had started
 * itself, known by pid and start time.
 * @returns the parts that were stopped
 */
export async function stopLeftovers(state: StackState): Promise<PartName[]> {
  const stopped: PartName[] = [];
  for (const name of partNames.toReversed()) {
    const ref = state.parts[name]?.process;
    if (ref === undefined || !(await isRunning(ref))) continue;
    await stopProcess(ref, manners[name]);
    stopped.push(name);
  }
  return stopped;
}
