/** The worker process: carries out cases and their activities, and sweeps the inbox for what a dead process left. */
import type { Client } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createActivities } from '../activities/create.ts';
import { connect } from '../db/database.ts';
import { createDesk, deskPorts } from '../desk/index.ts';
import { requireDatabaseUrl, config } from '../temporal.config.ts';
import { connectClient } from '../runtime/client.ts';
import { checkpointForEver } from '../runtime/checkpoint/for-ever.ts';
import { readCheckpointKey } from '../runtime/checkpoint/key.ts';
import { ruleBook } from '../runtime/packs.ts';
import { readSealKeys } from '../runtime/seal-key.ts';
import { sweepForEver } from '../runtime/sweeper.ts';
import { bundleOptions, workerOptions } from './options.ts';

const logger = new DefaultLogger(config.logLevel === 'trace' || config.logLevel === 'debug' ? 'DEBUG' : 'WARN');
const { metricsPort, maxCachedWorkflows, maxConcurrentActivityTaskExecutions, shutdownGraceTime } = config.worker;

Runtime.install({
  logger,
  shutdownSignals: ['SIGINT', 'SIGTERM'],
  ...(metricsPort === undefined ? {} : { telemetryOptions: { metrics: { prometheus: { bindAddress: `127.0.0.1:${metricsPort}` } } } }),
});

const db = connect({ url: requireDatabaseUrl(config), onError: (error) => logger.warn(`database connection lost: ${error.message}`) });
const connection = await NativeConnection.connect(config.temporal.connectionOptions);
const client: Client = await connectClient(config);
try {
  const desk = createDesk({
    db,
    engine: { client, taskQueue: config.taskQueue },
    rules: ruleBook(db, (why) => logger.warn(why)),
    ...readSealKeys(config.deskKeyFile),
    messageCap: config.messageCap,
  });
  const worker = await Worker.create({
    ...workerOptions(createActivities(deskPorts(db, () => desk))),
    connection,
    namespace: config.temporal.namespace,
    taskQueue: config.taskQueue,
    identity: `redress-worker-${process.pid}`,
    workflowBundle: await bundleWorkflowCode({ ...bundleOptions, logger }),
    maxCachedWorkflows,
    maxConcurrentActivityTaskExecutions,
    shutdownGraceTime,
  });
  const sweeping = sweepForEver(desk, (error) => logger.warn(`sweep failed: ${String(error)}`));
  const { folder, keyFile } = config.checkpoints;
  const checkpoints = checkpointForEver({ db, folder, key: readCheckpointKey(keyFile) }, (error) =>
    logger.warn(`no checkpoint: ${String(error)}`),
  );
  try {
    await worker.run();
  } finally {
    await checkpoints.stop();
    await sweeping.stop();
  }
} finally {
  await client.connection.close();
  await connection.close();
  await db.destroy();
}
