/** The lab's own worker: production's procedures and activities, and beside them what shifts time. */
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker, type BundleOptions } from '@temporalio/worker';
import { createActivities } from '../../activities/create.ts';
import type { Db } from '../../db/database.ts';
import { deskPorts, type Desk } from '../../desk/index.ts';
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

/** A story's database and desk. */
export interface Home {
  readonly db: Db;
  readonly desk: Pick<Desk, 'open'>;
}

/** @param homeOf the story that a case belongs to */
export async function startLabWorker(address: string, client: Client, homeOf: (caseNumber: string) => Home): Promise<LabWorker> {
  const taskQueue = `lab-${randomUUID()}`;
  quiet();
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    ...workerOptions(routed(client, homeOf)),
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
function routed(client: Client, homeOf: (caseNumber: string) => Home): Ports {
  const known = new WeakMap<Db, Ports>();
  const portsOf = (): Ports => {
    const { db, desk } = homeOf(Context.current().info.workflowExecution?.workflowId ?? '');
    const ports = known.get(db) ?? createActivities(deskPorts(db, client, () => desk));
    known.set(db, ports);
    return ports;
  };
  return {
    record: (batch) => portsOf().record(batch),
    issueWorkOrder: (order) => portsOf().issueWorkOrder(order),
    postSettlement: (settlement) => portsOf().postSettlement(settlement),
    fileDossier: (call) => portsOf().fileDossier(call),
    lookUpUnit: (unit) => portsOf().lookUpUnit(unit),
    openLinked: (opening) => portsOf().openLinked(opening),
  };
}
