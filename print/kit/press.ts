/** Sets sheets in a thread of its own: a long dossier takes seconds of computing, in which nobody else may have to wait. */
import { Worker } from 'node:worker_threads';
import type { Printed } from './pdf.ts';
import type { Sheet } from './sheet.ts';

/** What the thread answers. */
export type Pressed =
  | { readonly id: number; readonly bytes: Uint8Array; readonly hash: string; readonly missing: readonly string[] }
  | { readonly id: number; readonly failed: string };

interface Waiting {
  readonly done: (printed: Printed) => void;
  readonly failed: (error: Error) => void;
}

interface Running {
  readonly worker: Worker;
  /** Those who wait for this thread, and for no other. */
  readonly waiting: Map<number, Waiting>;
}

/** As `setSheet`, one sheet after another in the one thread of this process; it holds no process open. @throws what the thread threw */
export const press = presser(new URL('./press-thread.ts', import.meta.url));

/** A press of its own. @param script what its thread runs: it answers `{ id, sheet }` with `Pressed` */
export function presser(script: URL): (sheet: Sheet) => Promise<Printed> {
  let thread: Running | undefined;
  let last = 0;
  // Out of memory, say: whoever waits for it hears of it, and the next sheet finds a new thread.
  const gone = (ended: Running): void => {
    if (thread === ended) thread = undefined;
  };
  return (sheet) => {
    const { worker, waiting } = (thread ??= start(script, gone));
    const id = ++last;
    const printed = new Promise<Printed>((done, failed) => waiting.set(id, { done, failed }));
    worker.ref();
    worker.postMessage({ id, sheet });
    return printed;
  };
}

function start(script: URL, gone: (running: Running) => void): Running {
  const worker = new Worker(script, { execArgv: [] });
  const waiting = new Map<number, Waiting>();
  const running = { worker, waiting };
  worker.on('message', (pressed: Pressed) => {
    const asked = waiting.get(pressed.id);
    waiting.delete(pressed.id);
    if (waiting.size === 0) worker.unref();
    if ('failed' in pressed) asked?.failed(new Error(pressed.failed));
    else asked?.done({ bytes: Buffer.from(pressed.bytes), hash: pressed.hash, missing: pressed.missing });
  });
  const ended = (error: Error): void => {
    gone(running);
    for (const { failed } of waiting.values()) failed(error);
    waiting.clear();
  };
  worker.on('error', ended);
  worker.on('exit', (code) => ended(new Error(`the printing thread ended (${code})`)));
  return running;
}
