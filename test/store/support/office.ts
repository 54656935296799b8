/** Desk, worker and client on the run's servers, with a queue of their own: real histories for what compares with them. */
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker, type Logger } from '@temporalio/worker';
import { afterAll, beforeAll, inject } from 'vitest';
import { createActivities, type ActivityDependencies } from '../../../activities/create.ts';
import type { Db } from '../../../db/database.ts';
import { createDesk, deskPorts, type Desk, type Reply } from '../../../desk/index.ts';
import type { Reconciler } from '../../../reconcile/reconcile.ts';
import { bundleOptions, workerOptions } from '../../../worker/options.ts';
import { ruleBook } from '../../../runtime/packs.ts';
import { useStore, type TestStore } from './store.ts';
import { testSealKey } from '../../support/seal.ts';

export interface Office extends TestStore {
  readonly client: Client;
  readonly desk: Desk;
  readonly queue: string;
  readonly reconciler: Reconciler;
  /** Opens a repair, received days ago when asked: then its deadlines are missed at once. */
  open(daysAgo?: number): Promise<string>;
  /** Answers a step in a role; throws unless it was decided. */
  answer(number: string, role: string, step: string, form: Record<string, unknown>, key?: string): Promise<Reply>;
}

const DAY = 86_400_000;
const parties = ['customerService', 'property', 'teamLeader'];
export const surveyForm = { trades: 'single', signedBy: [...parties, 'builder'], responsible: 'company', estimate: '800.00' };

/** @param more what this file's worker does beyond its cases @param logger of the worker and its core */
export function useOffice(
  more: (db: Db) => Partial<ActivityDependencies> = () => ({}),
  logger: Logger = new DefaultLogger('ERROR'),
): Office {
  const store = useStore();
  const queue = `office-${randomUUID()}`;
  let client: Client;
  let desk: Desk;
  let close: () => Promise<void>;
  beforeAll(async () => {
    Runtime.install({ logger });
    const address = inject('temporalAddress');
    client = new Client({ connection: await Connection.connect({ address }) });
    const connection = await NativeConnection.connect({ address });
    const worker = await Worker.create({
      ...workerOptions(createActivities({ ...deskPorts(store.db, () => desk), ...more(store.db) })),
      connection,
      taskQueue: queue,
      shutdownGraceTime: '1s',
      shutdownForceTime: '2s',
      workflowBundle: await bundleWorkflowCode({ ...bundleOptions, logger }),
    });
    const running = worker.run();
    desk = createDesk({ db: store.db, engine: { client, taskQueue: queue }, rules: ruleBook(store.db), sealKey: testSealKey });
    close = async () => {
      worker.shutdown();
      await running;
      await connection.close();
      await client.connection.close();
    };
  });
  afterAll(() => close());
  return Object.create(
    store,
    Object.getOwnPropertyDescriptors({
      queue,
      get client() {
        return client;
      },
      get desk() {
        return desk;
      },
      get reconciler(): Reconciler {
        return { db: store.db, engine: { client, taskQueue: queue }, sealKeys: [testSealKey] };
      },
      open: async (daysAgo = 0) => {
        const reply = await desk.open({
          key: randomUUID(),
          who: { person: 'clerk', roles: ['recordsClerk'] },
          pack: 's3-cs19',
          kind: 'repair',
          form: { channel: 'hotline', summary: 'the roof leaks' },
          ...(daysAgo > 0 ? { occurredAt: Date.now() - daysAgo * DAY } : {}),
        });
        return (await settled(desk, reply)).number;
      },
      answer: async (number: string, role: string, step: string, form: Record<string, unknown>, key: string = randomUUID()) => {
        const reply = await desk.submit({ key, who: { person: role, roles: [role] }, number, step, form });
        return settled(desk, reply);
      },
    }),
  ) as Office;
}

/** A first task on a cold server may outlast the desk's patience: then the sweeper brings the outcome, as in life. */
async function settled(desk: Desk, reply: Reply): Promise<Extract<Reply, { status: 'decided' }>> {
  for (let now: Reply | undefined = reply; ;) {
    if (now?.status === 'decided') return now;
    if (now?.status !== 'received') throw new Error(JSON.stringify(now));
    const { key } = now;
    await new Promise((again) => setTimeout(again, 500));
    await desk.sweep();
    now = await desk.statusOf(key);
  }
}

/** Waits for something that is going to be so; the test's own limit ends it. */
export async function eventually(check: () => Promise<boolean>): Promise<void> {
  while (!(await check())) await new Promise((again) => setTimeout(again, 50));
}
