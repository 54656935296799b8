/** What every leg runs on: own throw-away PostgreSQL and development server, one worker, one desk, in this process. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { sql } from 'kysely';
import { createActivities } from '../../activities/create.ts';
import { connect, type Db } from '../../db/database.ts';
import { migrateToLatest } from '../../db/migrate.ts';
import { createDesk, deskPorts, type Desk } from '../../desk/index.ts';
import { resolveTemporal } from '../../scripts/stack/engine.ts';
import { startPostgres } from '../../scripts/stack/postgres.ts';
import { startTemporal } from '../../scripts/stack/temporal.ts';
import { bundleOptions, workerOptions } from '../../worker/options.ts';
import { ruleBook } from '../../runtime/packs.ts';
import { benchRules } from './pack.ts';
import { testSealKey } from '../support/seal.ts';
import { testVault } from '../support/vault.ts';

export const QUEUE = 'redress-bench';

export interface Stage {
  readonly databaseUrl: string;
  readonly db: Db;
  readonly client: Client;
  readonly desk: Desk;
  /** Transactions that wrote, since the last call. */
  writes(): Promise<number>;
  close(): Promise<void>;
}

export interface Servers {
  readonly databaseUrl: string;
  /** Of the Temporal server. */
  readonly address: string;
  readonly db: Db;
  readonly client: Client;
  close(): Promise<void>;
}

/** Throw-away servers, and nobody who works on them yet. */
export async function setServers(): Promise<Servers> {
  const dir = await mkdtemp(join(tmpdir(), 'redress-bench-'));
  await chmod(dir, 0o755); // PostgreSQL runs as somebody else when this process is root
  const postgres = await startPostgres({ dir: join(dir, 'postgres'), durable: false });
  const temporal = await startTemporal({ binary: (await resolveTemporal()).path, headless: true });
  await migrateToLatest(postgres.url);
  const db = connect({ url: postgres.url, poolSize: 20, vault: testVault });
  const client = new Client({ connection: await Connection.connect({ address: temporal.address }) });
  return {
    databaseUrl: postgres.url,
    address: temporal.address,
    db,
    client,
    close: async () => {
      await client.connection.close();
      await db.destroy();
      await temporal.stop();
      await postgres.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** @param debugMode workflows run in this thread, so that their heap can be measured. */
export async function setStage({ debugMode = false }: { debugMode?: boolean } = {}): Promise<Stage> {
  const logger = new DefaultLogger('WARN');
  Runtime.install({ logger });
  const servers = await setServers();
  const { db, client } = servers;
  const connection = await NativeConnection.connect({ address: servers.address });
  const worker = await Worker.create({
    ...workerOptions(createActivities(deskPorts(db, () => desk))),
    connection,
    taskQueue: QUEUE,
    debugMode,
    shutdownGraceTime: '1s',
    workflowBundle: await bundleWorkflowCode({
      ...bundleOptions,
      workflowsPath: fileURLToPath(new URL('./workflows.ts', import.meta.url)),
      logger,
    }),
  });
  const running = worker.run();
  const desk = createDesk({
    db,
    engine: { client, taskQueue: QUEUE },
    rules: benchRules(ruleBook(db)),
    sealKey: testSealKey,
    inFlightCap: 100,
  });

  let seen = await nextTransaction(db);
  return {
    databaseUrl: servers.databaseUrl,
    db,
    client,
    desk,
    writes: async () => {
      const now = await nextTransaction(db);
      const count = now - seen;
      seen = now;
      return count;
    },
    close: async () => {
      worker.shutdown();
      await running;
      await connection.close();
      await servers.close();
    },
  };
}

/** The next transaction id to be given, read without taking one: only writing transactions have an id. */
async function nextTransaction(db: Db): Promise<number> {
  const { rows } = await sql<{ xmax: string }>`select pg_snapshot_xmax(pg_current_snapshot())::text as xmax`.execute(db);
  return Number(rows[0]?.xmax);
}
