import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Worker, type WorkflowBundle } from '@temporalio/worker';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { forward } from '../../lab/engine/forward.ts';
import { VirtualClock } from '../../lab/engine/virtual-clock.ts';

const DAY = 86_400_000;
let connection: Connection;
let native: NativeConnection;
let client: Client;
let workflowBundle: WorkflowBundle;

beforeAll(async () => {
  const address = inject('temporalAddress');
  connection = await Connection.connect({ address });
  client = new Client({ connection });
  native = await NativeConnection.connect({ address });
  workflowBundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('./support/sleeper.ts', import.meta.url)),
    logger: new DefaultLogger('ERROR'),
  });
});
afterAll(async () => {
  await native.close();
  await connection.close();
});

async function started(): Promise<{ workflowId: string; work: <T>(during: () => Promise<T>) => Promise<T> }> {
  const workflowId = `sleeper-${randomUUID()}`;
  await client.workflow.start('sleeper', { taskQueue: workflowId, workflowId });
  const work = async <T>(during: () => Promise<T>): Promise<T> => {
    const worker = await Worker.create({ connection: native, taskQueue: workflowId, workflowBundle });
    return worker.runUntil(during);
  };
  return { workflowId, work };
}

test('a jump that the server gives up is made again, from where the case stands', async () => {
  const { workflowId, work } = await started();
  const begin = Date.now();
  const clock = new VirtualClock(begin, begin);
  // Nobody works: time stands still, and the second jump takes the place of the first.
  const moved = clock.moveTo(begin + 100 * DAY, client, workflowId);
  await pause(300);
  const rival = forward(client, workflowId, DAY);
  await pause(300);
  const passed = await work(async () => {
    await moved;
    const { raw } = await client.workflow.getHandle(workflowId).describe();
    return Number(raw.workflowExtendedInfo?.timeSkippingInfo?.currentTime?.seconds) * 1000 - begin;
  });
  expect(passed).toBeGreaterThanOrEqual(100 * DAY - 1000);
  await expect(rival).resolves.toMatchObject({ result: 'gave-up' });
  await client.workflow.getHandle(workflowId).terminate();
});

test('a case that has ended stands still', async () => {
  const { workflowId, work } = await started();
  const begin = Date.now();
  const clock = new VirtualClock(begin, begin);
  await work(() => clock.moveTo(begin + 300 * DAY, client, workflowId));
  await expect(client.workflow.getHandle(workflowId).describe()).resolves.toMatchObject({ status: { name: 'COMPLETED' } });
  await clock.moveTo(begin + 400 * DAY, client, workflowId);
});
