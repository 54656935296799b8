import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessRef } from './processes.ts';

export interface Running extends ProcessRef {
  /** How it ended, in a few words. Never rejects. */
  readonly exited: Promise<string>;
  stop(): Promise<void>;
}

export interface KeepAlive<T extends Running> {
  /** For people. */
  readonly name: string;
  readonly start: () => Promise<T>;
  /** Called with each process that runs, the first too. */
  readonly onRunning: (running: T) => Promise<void> | void;
  readonly say: (line: string) => void;
}

export interface Kept<T extends Running> {
  readonly first: T;
  /** Stops it, for good. */
  stop(): Promise<void>;
}

const longestPause = 30_000;
/** After this long alive the next pause is short again. */
const longAlive = 60_000;

/**
 * Starts a process and starts it again whenever it ends unasked, after a pause that doubles from half a second to half
 * a minute.
 * @throws when the first start fails
 */
export async function keepAlive<T extends Running>({ name, start, onRunning, say }: KeepAlive<T>): Promise<Kept<T>> {
  const ended = new AbortController();
  const first = await start();
  await onRunning(first);
  let current: T | undefined = first;

  const watching = (async () => {
    for (let pause = 500; ; pause = Math.min(pause * 2, longestPause)) {
      const since = Date.now();
      const how = (await current?.exited) ?? 'it could not be started';
      if (ended.signal.aborted) return;
      if (Date.now() - since > longAlive) pause = 500;
      current = undefined;
      say(`${name} has ended unexpectedly (${how}); starting it again in ${pause / 1000} s.`);
      await sleep(pause, undefined, { signal: ended.signal }).catch(() => undefined);
      if (ended.signal.aborted) return;
      current = await start().catch((error: Error) => void say(error.message));
      // Asked to stop while the start was under way.
      if (ended.signal.aborted) return void (await current?.stop());
      if (current !== undefined) await onRunning(current);
    }
  })();

  return {
    first,
    async stop() {
      ended.abort();
      await current?.stop();
      await watching;
    },
  };
}
