/** A worker in a process of its own, to be killed: `node worker-process.ts <json>`. */
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createActivities } from '../../activities/create.ts';
import { connect } from '../../db/database.ts';
import { createDesk, deskPorts } from '../../desk/index.ts';
import { ruleBook } from '../../runtime/packs.ts';
import { sweepForEver } from '../../runtime/sweeper.ts';
import { bundleOptions, workerOptions } from '../../worker/options.ts';
import { testSealKey } from './seal.ts';
import { testVault } from './vault.ts';

const { url, address, taskQueue } = JSON.parse(process.argv[2] ?? '') as { url: string; address: string; taskQueue: string };
const logger = new DefaultLogger('ERROR');
Runtime.install({ logger, shutdownSignals: [] });
const db = connect({ url, vault: testVault });
const client = new Client({ connection: await Connection.connect({ address }) });
const desk = createDesk({ db, engine: { client, taskQueue }, rules: ruleBook(db), sealKey: testSealKey });
const worker = await Worker.create({
  ...workerOptions(createActivities(deskPorts(db, () => desk))),
  connection: await NativeConnection.connect({ address }),
  taskQueue,
  workflowBundle: await bundleWorkflowCode({ ...bundleOptions, logger }),
});
sweepForEver(desk, () => undefined);
await worker.run();
