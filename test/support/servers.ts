import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { resolveTemporal } from '../../scripts/stack/engine.ts';
import { publicTemporaryFolder } from '../../scripts/stack/postgres-home.ts';
import { startPostgres } from '../../scripts/stack/postgres.ts';
import { startTemporal } from '../../scripts/stack/temporal.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of an empty database on the run's own PostgreSQL; make your own with `freshDatabase`. */
    databaseUrl: string;
    /** Of the run's own Temporal server, virtual time switched on. */
    temporalAddress: string;
  }
}

interface Servers {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  stop(): Promise<void>;
}

/** The tiers of one run share the servers; each tier loads this file for itself, so they meet here. */
const shared = globalThis as { redressTestServers?: { servers: Promise<Servers>; users: number } };

/** Starts one throw-away PostgreSQL and one Temporal server for the whole run. */
export async function setup(project: TestProject): Promise<void> {
  const run = (shared.redressTestServers ??= { servers: start(), users: 0 });
  run.users++;
  const { databaseUrl, temporalAddress } = await run.servers;
  project.provide('databaseUrl', databaseUrl);
  project.provide('temporalAddress', temporalAddress);
}

/** Stops them, by pid, after the last tier. */
export async function teardown(): Promise<void> {
  const run = shared.redressTestServers;
  if (run === undefined || --run.users > 0) return;
  delete shared.redressTestServers;
  await (await run.servers).stop();
}

async function start(): Promise<Servers> {
  const given = process.env['TEST_DATABASE_URL'];
  const engineFolder = await mkdtemp(join(tmpdir(), 'redress-test-'));
  const databaseFolder = await publicTemporaryFolder();
  const { path } = await resolveTemporal();
  const [postgres, temporal] = await Promise.all([
    given === undefined ? startPostgres({ dir: databaseFolder, durable: false }) : undefined,
    startTemporal({ binary: path, dir: engineFolder, headless: true, virtualTime: true }),
  ]);
  return {
    databaseUrl: postgres?.url ?? given ?? '',
    temporalAddress: temporal.address,
    async stop() {
      await Promise.all([temporal.stop(), postgres?.stop()]);
      await Promise.all([engineFolder, databaseFolder].map((folder) => rm(folder, { recursive: true, force: true })));
    },
  };
}
