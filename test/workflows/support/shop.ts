/** A store, a client, desks and workers that a test starts and stops itself, on the run's servers. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { afterAll, beforeAll, inject } from 'vitest';
import { createActivities } from '../../../activities/create.ts';
import { createDesk, deskPorts, type Desk, type Reply, type RuleBook, type SubmitCommand } from '../../../desk/index.ts';
import { ruleBook } from '../../../runtime/packs.ts';
import { bundleOptions, workerOptions } from '../../../worker/options.ts';
import { useStore, type TestStore } from '../../store/support/store.ts';
import { testSealKey } from '../../support/seal.ts';

export interface Shop {
  readonly store: TestStore;
  readonly client: Client;
  readonly taskQueue: string;
  desk(messageCap?: number, rules?: RuleBook): Desk;
  startWorker(): Promise<{ stop(): Promise<void> }>;
}

export function useShop(): Shop {
  const store = useStore();
  const taskQueue = `shop-${randomUUID()}`;
  let client: Client;
  let connection: NativeConnection;
  let workflowBundle: WorkflowBundleWithSourceMap;
  beforeAll(async () => {
    const logger = new DefaultLogger('ERROR');
    Runtime.install({ logger });
    client = new Client({ connection: await Connection.connect({ address: inject('temporalAddress') }) });
    connection = await NativeConnection.connect({ address: inject('temporalAddress') });
    workflowBundle = await bundleWorkflowCode({ ...bundleOptions, logger });
  });
  afterAll(async () => {
    await connection.close();
    await client.connection.close();
  });
  return {
    store,
    taskQueue,
    get client() {
      return client;
    },
    desk: (messageCap = 1_000, rules = ruleBook(store.db)) =>
      createDesk({ db: store.db, engine: { client, taskQueue }, rules, sealKey: testSealKey, messageCap, inFlightCap: 20 }),
    async startWorker() {
      const activities = createActivities(deskPorts(store.db, () => this.desk()));
      const worker = await Worker.create({ ...workerOptions(activities), connection, taskQueue, workflowBundle, shutdownGraceTime: '1s' });
      const running = worker.run();
      return {
        stop: async () => {
          worker.shutdown();
          await running;
        },
      };
    },
  };
}

export const who = (role: string, person = role) => ({ person, roles: [role] });

/** Opens a repair and waits until it is decided, whatever a cold server takes. */
export async function openRepair(desk: Desk, form: Record<string, unknown> = {}, occurredAt?: number): Promise<string> {
  const filled = { channel: 'hotline', provisionalEstimate: '800.00', ...form };
  const key = randomUUID();
  const reply = await desk.open({
    key,
    who: who('recordsClerk'),
    pack: 's3-cs19',
    kind: 'repair',
    form: filled,
    ...(occurredAt === undefined ? {} : { occurredAt }),
  });
  return (await outcome(desk, key, reply)).number;
}

export function say(
  desk: Desk,
  number: string,
  role: string,
  step: string,
  form: Record<string, unknown>,
  more: Partial<SubmitCommand> = {},
): Promise<Reply> {
  return desk.submit({ key: randomUUID(), who: who(role), number, step, form, ...more });
}

/** What became of a request in the end. */
export async function outcome(desk: Desk, key: string, first?: Reply): Promise<Reply> {
  for (let reply = first; ; reply = await desk.statusOf(key)) {
    if (reply !== undefined && reply.status !== 'received') return reply;
    await pause(100);
    await desk.sweep();
  }
}
