import { stopLeftovers } from './leftovers.ts';
import { signalTo, waitUntilGone } from './processes.ts';
import { readState, writeState } from './state.ts';
import { runningSupervisor } from './supervisor.ts';

/** Longer than all parts together may take to stop. */
const longest = 130_000;

/**
 * Stops the stack of a data folder from another process: by its `up` when that runs, else what it has left.
 * @returns what was stopped, for people; undefined when nothing ran
 */
export async function stopStack(dataDir: string): Promise<string | undefined> {
  const supervisor = await runningSupervisor(dataDir);
  if (supervisor !== undefined) {
    signalTo(supervisor.pid, 'SIGTERM');
    if (!(await waitUntilGone(supervisor, longest)))
      throw new Error(`redress (process ${supervisor.pid}) does not stop: its window says why.`);
  }
  const state = await readState(dataDir);
  const left = await stopLeftovers(state);
  if (Object.keys(state.parts).length > 0) await writeState(dataDir, { ...state, parts: {} });
  if (supervisor !== undefined) return 'redress has stopped.';
  return left.length > 0 ? `Stopped what an earlier run had left: ${left.join(', ')}.` : undefined;
}
