/** Work that comes back by the clock, in a process that runs for long. */
import { setTimeout as pause } from 'node:timers/promises';

/** Begins at once and ends with `stop`. What goes wrong is said and tried again the next time. */
export function every(ms: number, work: () => Promise<unknown>, onError: (error: unknown) => void): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await work().catch(onError);
      await pause(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
