/** The worker process: carries out cases and their activities, and sweeps the inbox for what a dead process left. */
import { existsSync } from 'node:fs';
import type { Client } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createActivities } from '../activities/create.ts';
import { connect } from '../db/database.ts';
import { labelOfPaper } from '../db/labels.ts';
import { createDesk, deskPorts } from '../desk/index.ts';
import { isVeiled, labelIn } from '../domain/secrecy.ts';
import { startNotices } from '../notices/run.ts';
import { readChannels } from '../notices/settings.ts';
import { loadSecrecy } from '../packs/secrecy/load.ts';
import { issuer } from '../print/issue.ts';
import { requireDatabaseUrl, config } from '../temporal.config.ts';
import { connectClient } from '../runtime/client.ts';
import { converterOf } from '../runtime/codec/converter.ts';
import { checkpointForEver } from '../runtime/checkpoint/for-ever.ts';
import { readCheckpointKey } from '../runtime/checkpoint/key.ts';
import { ruleBook } from '../runtime/packs.ts';
import { readSealKeys } from '../runtime/seal-key.ts';
import { sweepForEver } from '../runtime/sweeper.ts';
import { bundleOptions, workerOptions } from './options.ts';
import { proveVault } from '../db/personal.ts';
import { readVault } from '../runtime/vault.ts';

const logger = new DefaultLogger(config.logLevel === 'trace' || config.logLevel === 'debug' ? 'DEBUG' : 'WARN');
const { metricsPort, maxCachedWorkflows, maxConcurrentActivityTaskExecutions, shutdownGraceTime } = config.worker;

Runtime.install({
  logger,
  shutdownSignals: ['SIGINT', 'SIGTERM'],
  ...(metricsPort === undefined ? {} : { telemetryOptions: { metrics: { prometheus: { bindAddress: `127.0.0.1:${metricsPort}` } } } }),
});

const converter = converterOf(config);
const vault = readVault(config.vault);
const db = connect({
  url: requireDatabaseUrl(config),
  vault,
  onError: (error) => logger.warn(`database connection lost: ${error.message}`),
});
const connection = await NativeConnection.connect(config.temporal.connectionOptions);
await proveVault(db);
const client: Client = await connectClient(config);
try {
  const rules = ruleBook(db, (why) => logger.warn(why));
  const desk = createDesk({
    db,
    engine: { client, taskQueue: config.taskQueue },
    rules,
    ...readSealKeys(config.deskKeyFile),
    messageCap: config.messageCap,
  });
  const secrecy = loadSecrecy();
  const paperLabel = async (number: string): Promise<string | undefined> => {
    const label = await labelOfPaper(db, number, secrecy);
    return label && labelIn(secrecy, label).zh;
  };
  const worker = await Worker.create({
    ...workerOptions(createActivities({ ...deskPorts(db, () => desk), issuePrint: issuer(db, config.company, paperLabel) })),
    connection,
    namespace: config.temporal.namespace,
    taskQueue: config.taskQueue,
    identity: `redress-worker-${process.pid}`,
    workflowBundle: await bundleWorkflowCode({ ...bundleOptions, ...converter.bundle, logger }),
    ...converter.client,
    maxCachedWorkflows,
    maxConcurrentActivityTaskExecutions,
    shutdownGraceTime,
  });
  const sweeping = sweepForEver(desk, (error) => logger.warn(`sweep failed: ${String(error)}`));
  const { folder, keyFile } = config.checkpoints;
  const checkpoints = checkpointForEver({ db, folder, key: readCheckpointKey(keyFile) }, (error) =>
    logger.warn(`no checkpoint: ${String(error)}`),
  );
  const notices = existsSync(config.channelsFile)
    ? await startNotices({
        vault,
        databaseUrl: requireDatabaseUrl(config),
        channels: readChannels(config.channelsFile),
        veiled: (notice) => isVeiled(secrecy, notice),
        packOf: (hash) => rules.pinned(hash).catch(() => undefined),
        links: `${config.publicUrl}/api/`,
        warn: (text) => logger.warn(text),
      })
    : undefined;
  try {
    await worker.run();
  } finally {
    await notices?.stop();
    await checkpoints.stop();
    await sweeping.stop();
  }
} finally {
  await client.connection.close();
  await connection.close();
  await db.destroy();
}
