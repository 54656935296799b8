/** Carries on, every two seconds, what a dead process left in the inbox; slower while that fails. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Desk } from '../desk/index.ts';

const EVERY_MS = 2_000;
const AT_MOST_MS = 30_000;

export function sweepForEver(desk: Pick<Desk, 'sweep'>, onError: (error: unknown) => void): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const running = (async () => {
    for (let wait = EVERY_MS; !stopping.signal.aborted;) {
      await pause(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      try {
        await desk.sweep();
        wait = EVERY_MS;
      } catch (error) {
        onError(error);
        wait = Math.min(wait * 2, AT_MOST_MS);
      }
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
