/** A checkpoint every hour, by whichever worker comes first. */
import { setTimeout as pause } from 'node:timers/promises';
import { takeCheckpoint, type CheckpointOptions } from './take.ts';

const EVERY_MS = 3_600_000;

/** Starts at once and ends with `stop`. What goes wrong is said and tried again at the next hour. */
export function checkpointForEver(options: CheckpointOptions, onError: (error: unknown) => void): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await takeCheckpoint(options, Date.now()).catch(onError);
      await pause(EVERY_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
