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

let thread: Worker | undefined;
let last = 0;
const waiting = new Map<number, Waiting>();

/** As `setSheet`, one sheet after another in the one thread of this process; it holds no process open. @throws what the thread threw */
export function press(sheet: Sheet): Promise<Printed> {
  thread ??= start();
  const id = ++last;
  const printed = new Promise<Printed>((done, failed) => waiting.set(id, { done, failed }));
  thread.ref();
  thread.postMessage({ id, sheet });
  return printed;
}

function start(): Worker {
  const worker = new Worker(new URL('./press-thread.ts', import.meta.url), { execArgv: [] });
  worker.on('message', (pressed: Pressed) => {
    const asked = waiting.get(pressed.id);
    waiting.delete(pressed.id);
    if (waiting.size === 0) worker.unref();
    if ('failed' in pressed) asked?.failed(new Error(pressed.failed));
    else asked?.done({ bytes: Buffer.from(pressed.bytes), hash: pressed.hash, missing: pressed.missing });
  });
  // Out of memory, say: whoever waits hears of it, and the next sheet finds a new thread.
  const ended = (error: Error): void => {
    if (thread === worker) thread = undefined;
    for (const { failed } of waiting.values()) failed(error);
    waiting.clear();
  };
  worker.on('error', ended);
  worker.on('exit', (code) => ended(new Error(`the printing thread ended (${code})`)));
  return worker;
}
