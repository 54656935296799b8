/** A desk with a worker behind it, on a database and a task queue of its own. */
import { randomBytes, randomInt } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { sql } from 'kysely';
import { inject } from 'vitest';
import { createActivities } from '../../activities/create.ts';
import { connect, type Db } from '../../db/database.ts';
import { createDesk, deskPorts, type Desk } from '../../desk/index.ts';
import { bundleOptions, workerOptions } from '../../worker/options.ts';
import { ruleBook } from '../../runtime/packs.ts';
import { freshDatabase } from '../support/database.ts';
import { testSealKey } from '../support/seal.ts';
import { testVault } from '../support/vault.ts';

export interface TestDesk {
  readonly desk: Desk;
  readonly db: Db;
  readonly client: Client;
  readonly taskQueue: string;
  close(): Promise<void>;
}

export async function startDesk(): Promise<TestDesk> {
  const logger = new DefaultLogger('ERROR');
  Runtime.install({ logger });
  const database = await freshDatabase();
  const db = connect({ url: database.url, vault: testVault });
  const owner = connect({ url: database.url, as: 'owner', poolSize: 1, vault: testVault });
  // Other test files share the engine: their cases must not have the same numbers.
  await sql`alter sequence case_number_seq restart with ${sql.raw(String(randomInt(1, 9_000) * 100_000))}`.execute(owner);
  await owner.destroy();
  const address = inject('temporalAddress');
  const taskQueue = `import-${randomBytes(6).toString('hex')}`;
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });
  const native = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    ...workerOptions(createActivities(deskPorts(db, () => desk))),
    connection: native,
    taskQueue,
    shutdownGraceTime: '1s',
    shutdownForceTime: '5s',
    workflowBundle: await bundleWorkflowCode({ ...bundleOptions, logger }),
  });
  const running = worker.run();
  const desk = createDesk({ db, engine: { client, taskQueue }, rules: ruleBook(db), sealKey: testSealKey });
  return {
    desk,
    db,
    client,
    taskQueue,
    async close() {
      worker.shutdown();
      await running;
      await native.close();
      await connection.close();
      await db.destroy();
      await database.drop();
    },
  };
}
