/** The lab's own worker: production's procedures and activities, and beside them what shifts time. */
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker, type BundleOptions } from '@temporalio/worker';
import { createActivities } from '../../activities/create.ts';
import type { Db } from '../../db/database.ts';
import { recordInOrder } from '../../desk/index.ts';
import { bundleOptions, workerOptions } from '../../worker/options.ts';
import type { Ports } from '../../workflows/kit/ports.ts';

export const labBundleOptions: BundleOptions = {
  ...bundleOptions,
  workflowInterceptorModules: [fileURLToPath(new URL('./clock-interceptor.ts', import.meta.url))],
};

export interface LabWorker {
  readonly taskQueue: string;
  stop(): Promise<void>;
}

/** @param databaseOf the database of the story that a case belongs to */
export async function startLabWorker(address: string, client: Client, databaseOf: (caseNumber: string) => Db): Promise<LabWorker> {
  const taskQueue = `lab-${randomUUID()}`;
  quiet();
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    ...workerOptions(routed(client, databaseOf)),
    connection,
    taskQueue,
    workflowBundle: await bundleWorkflowCode({ ...labBundleOptions, logger }),
    shutdownGraceTime: '1s',
    shutdownForceTime: '5s',
  });
  const running = worker.run();
  running.catch(() => undefined);
  return {
    taskQueue,
    async stop() {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await running;
      await connection.close();
    },
  };
}

const logger = new DefaultLogger('ERROR');

/** A report is read by people: the engine's own lines stay out of it. Where a runtime is there already, it stays. */
function quiet(): void {
  try {
    Runtime.install({
      logger,
      shutdownSignals: [],
      telemetryOptions: { logging: { forward: {}, filter: { core: 'ERROR', other: 'ERROR' } } },
    });
  } catch {
    // Somebody else in this process has decided how the engine logs.
  }
}

/** One worker serves every story; each activity works in the database of its case's story. */
function routed(client: Client, databaseOf: (caseNumber: string) => Db): Ports {
  const known = new WeakMap<Db, Ports>();
  const portsOf = (): Ports => {
    const db = databaseOf(Context.current().info.workflowExecution?.workflowId ?? '');
    const ports = known.get(db) ?? createActivities({ db, recordInOrder: (batch) => recordInOrder(db, client, batch) });
    known.set(db, ports);
    return ports;
  };
  return {
    record: (batch) => portsOf().record(batch),
    issueWorkOrder: (order) => portsOf().issueWorkOrder(order),
    postSettlement: (settlement) => portsOf().postSettlement(settlement),
    fileDossier: (call) => portsOf().fileDossier(call),
    lookUpUnit: (unit) => portsOf().lookUpUnit(unit),
  };
}
