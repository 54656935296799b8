/** The thread of `press.ts`. */
import { parentPort } from 'node:worker_threads';
import { setSheet } from './pdf.ts';
import type { Pressed } from './press.ts';
import type { Sheet } from './sheet.ts';

const say = (pressed: Pressed): void => parentPort?.postMessage(pressed);
let before: Promise<void> = Promise.resolve();

parentPort?.on('message', ({ id, sheet }: { readonly id: number; readonly sheet: Sheet }) => {
  before = before
    .then(() => setSheet(sheet))
    .then(
      (printed) => say({ id, ...printed }),
      (error: unknown) => say({ id, failed: (error as Error).stack ?? String(error) }),
    );
});
