/** The lab's own workers: production's procedures and activities, and beside them what shifts time. */
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker, type BundleOptions } from '@temporalio/worker';
import { createActivities } from '../../activities/create.ts';
import type { Db } from '../../db/database.ts';
import { deskPorts, type Desk } from '../../desk/index.ts';
import type { Converter } from '../../runtime/codec/converter.ts';
import { bundleOptions, workerOptions } from '../../worker/options.ts';
import type { Ports } from '../../workflows/kit/ports.ts';

export const labBundleOptions: BundleOptions = {
  ...bundleOptions,
  workflowInterceptorModules: [fileURLToPath(new URL('./clock-interceptor.ts', import.meta.url))],
};

export interface LabWorker {
  readonly taskQueue: string;
  /** Takes no more tasks; what it had in memory is gone. */
  stop(): Promise<void>;
  /** A fresh one on the same queue. */
  start(): Promise<void>;
}

export interface LabWorkers {
  /** Starts one on a queue of its own. */
  worker(): Promise<LabWorker>;
  /** After all of them have been stopped. */
  close(): Promise<void>;
}

/** A story's database and desk. */
export interface Home {
  readonly db: Db;
  readonly desk: Pick<Desk, 'open' | 'submit' | 'record'>;
}

/** @param homeOf the story that a case belongs to */
export async function labWorkers(
  address: string,
  client: Client,
  converter: Converter,
  homeOf: (caseNumber: string) => Home,
): Promise<LabWorkers> {
  quiet();
  const connection = await NativeConnection.connect({ address });
  const workflowBundle = await bundleWorkflowCode({ ...labBundleOptions, ...converter.bundle, logger });
  const options = workerOptions(routed(client, homeOf));
  const run = async (taskQueue: string): Promise<() => Promise<void>> => {
    const worker = await Worker.create({
      ...options,
      connection,
      taskQueue,
      workflowBundle,
      ...converter.client,
      shutdownGraceTime: '1s',
      shutdownForceTime: '5s',
    });
    const running = worker.run();
    running.catch(() => undefined);
    return async () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await running;
    };
  };
  return {
    async worker() {
      const taskQueue = `lab-${randomUUID()}`;
      let stop: (() => Promise<void>) | undefined = await run(taskQueue);
      return {
        taskQueue,
        async stop() {
          await stop?.();
          stop = undefined;
        },
        async start() {
          stop ??= await run(taskQueue);
        },
      };
    },
    close: () => connection.close(),
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

/** One set of activities serves every story; each activity works in the database of its case's story. */
function routed(client: Client, homeOf: (caseNumber: string) => Home): Ports {
  const known = new WeakMap<Db, Ports>();
  const portsOf = (): Ports => {
    const { db, desk } = homeOf(Context.current().info.workflowExecution?.workflowId ?? '');
    const ports = known.get(db) ?? createActivities(deskPorts(db, () => desk));
    known.set(db, ports);
    return ports;
  };
  return {
    record: (batch) => portsOf().record(batch),
    issueWorkOrder: (order) => portsOf().issueWorkOrder(order),
    postSettlement: (settlement) => portsOf().postSettlement(settlement),
    fileDossier: (call) => portsOf().fileDossier(call),
    lookUpUnit: (unit) => portsOf().lookUpUnit(unit),
    opinionsOn: (asked) => portsOf().opinionsOn(asked),
    openLinked: (opening) => portsOf().openLinked(opening),
    filePackDraft: (draft) => portsOf().filePackDraft(draft),
    dropPackDraft: (call) => portsOf().dropPackDraft(call),
    activatePack: (call) => portsOf().activatePack(call),
    withdrawPack: (call) => portsOf().withdrawPack(call),
    filePaper: (paper) => portsOf().filePaper(paper),
  };
}
