/** The printing thread, when it dies. */
import { expect, test } from 'vitest';
import { presser } from '../../../print/kit/press.ts';
import type { Sheet } from '../../../print/kit/sheet.ts';

const script = `import { parentPort } from 'node:worker_threads';
parentPort.on('message', ({ id, sheet }) => {
  if (sheet.title === 'dies') throw new Error('out of memory');
  parentPort.postMessage({ id, bytes: new Uint8Array([id]), hash: sheet.title, missing: [] });
});`;
const stamp = { number: 'N', seq: 1, hash: 'h', at: 0, issued: false, of: 'entry' } as const;
const sheet = (title: string): Sheet => ({ title, company: undefined, source: '', blocks: [], stamp });

test('a thread that dies fails those who wait for it, and not those who wait for the next one', async () => {
  const press = presser(new URL(`data:text/javascript,${encodeURIComponent(script)}`));
  // Asked for as soon as the first has failed: then the old thread has not quite ended.
  const next = press(sheet('dies')).then(
    () => expect.fail('it dies'),
    (error: Error) => [error.message, press(sheet('lives'))] as const,
  );
  const [message, printed] = await next;
  expect(message).toBe('out of memory');
  expect((await printed).hash).toBe('lives');
});
