/** A desk that dies between two steps, with another decision sent first: carried on exactly once, store = history. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { toldByHistory } from '../../desk/index.ts';
import { reconcileCase } from '../../reconcile/reconcile.ts';
import { openRepair, outcome, say, useShop, who } from './support/shop.ts';
import { testSealKey } from '../support/seal.ts';

const shop = useShop();
let worker: { stop(): Promise<void> };
beforeAll(async () => {
  worker = await shop.startWorker();
});
afterAll(() => worker.stop());

function killedAt(point: string, command: object): Promise<NodeJS.Signals | null> {
  const order = { url: shop.store.url, address: inject('temporalAddress'), taskQueue: shop.taskQueue, point, command };
  const child = execFile(process.execPath, [join(import.meta.dirname, 'support/crashing-desk.ts'), JSON.stringify(order)]);
  return new Promise((done) => child.once('exit', (_, signal) => done(signal)));
}

test.each(['received', 'decided', 'recorded'])('killed when it had %s', async (point) => {
  const desk = shop.desk();
  const number = await openRepair(desk);
  const key = randomUUID();
  const command = { key, who: who('recordsClerk'), number, step: 'registerNote', form: { note: '跟踪' } };
  expect(await killedAt(point, command)).toBe('SIGKILL');
  expect(await desk.statusOf(key)).toMatchObject({ status: point === 'recorded' ? 'decided' : 'received' });
  expect(await say(desk, number, 'serviceOffice', 'registerNote', { note: '另一条' })).toMatchObject({ status: 'decided' });
  expect(await outcome(desk, key)).toMatchObject({ status: 'decided', number });
  expect(await desk.submit(command)).toMatchObject({ status: 'decided' }); // asked again: the first outcome
  const { events } = await toldByHistory(shop.client, number);
  expect(events.filter((e) => e.kind === 'submitted' && e.key === key)).toHaveLength(1);
  const { differences } = await reconcileCase(
    { db: shop.store.db, engine: { client: shop.client, taskQueue: shop.taskQueue }, sealKeys: [testSealKey] },
    number,
    {
      repair: false,
    },
  );
  expect(differences).toEqual([]);
});
