/**
 * Real processes in one fresh folder: PostgreSQL that flushes, a Temporal server with a file, two workers, an API. What
 * is killed is what was started here, by its own process id and start time; every address is a free one on loopback.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateToLatest } from '../../db/migrate.ts';
import { until, statusOf } from '../../scripts/stack/answers.ts';
import { cleanEnv } from '../../scripts/stack/clean-env.ts';
import { resolveTemporal } from '../../scripts/stack/engine.ts';
import { productFolder } from '../../scripts/stack/home.ts';
import { startChild, type Child } from '../../scripts/stack/child.ts';
import { freePort } from '../../scripts/stack/ports.ts';
import { startPostgres } from '../../scripts/stack/postgres.ts';
import { refOf } from '../../scripts/stack/processes.ts';
import { startTemporal } from '../../scripts/stack/temporal.ts';

export const parts = ['worker-1', 'worker-2', 'api', 'postgres', 'temporal'] as const;
export type Part = (typeof parts)[number];

interface Up {
  readonly pid: number;
  readonly startTime: string;
  readonly exited: Promise<string>;
  kill(): void;
  stop(): Promise<void>;
}

export interface Fleet {
  readonly apiUrl: string;
  readonly databaseUrl: string;
  /** Made by the first of its processes. */
  readonly vaultKeyFile: string;
  readonly temporalAddress: string;
  /** SIGKILL, then up again at the same address. @throws before it kills anything that is not provably ours. */
  killAndRevive(part: Part): Promise<void>;
  down(): Promise<void>;
}

export async function startFleet(): Promise<Fleet> {
  const dir = await mkdtemp(join(tmpdir(), 'redress-chaos-'));
  await chmod(dir, 0o755); // PostgreSQL runs as somebody else when this process is root
  const token = randomUUID();
  await writeFile(join(dir, 'ours'), token);
  const [pgPort, temporalPort, apiPort] = [await freePort(), await freePort(), await freePort()];
  const { path: binary } = await resolveTemporal();
  const password = randomBytes(12).toString('hex');
  const databaseUrl = `postgres://postgres:${password}@127.0.0.1:${pgPort}/postgres`;
  const temporalAddress = `127.0.0.1:${temporalPort}`;
  const apiUrl = `http://127.0.0.1:${apiPort}`;
  const env = {
    ...cleanEnv(),
    TZ: 'UTC',
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    REDRESS_DATA: dir,
    REDRESS_API_PORT: String(apiPort),
    REDRESS_PUBLIC_URL: apiUrl,
    REDRESS_LOG_LEVEL: 'warn',
  };
  const node = async (name: string, file: string): Promise<Up> => {
    const child: Child = await startChild({
      command: process.execPath,
      args: [join(productFolder, file)],
      cwd: productFolder,
      env,
      log: join(dir, `${name}.log`),
    });
    return { ...child, stop: () => child.stop('SIGTERM', 30_000) };
  };
  const start: Record<Part, () => Promise<Up>> = {
    postgres: () => startPostgres({ dir: join(dir, 'postgres'), port: pgPort, durable: true, password }),
    temporal: () => startTemporal({ binary, dir: join(dir, 'temporal'), port: temporalPort, headless: true }),
    'worker-1': () => node('worker-1', 'worker/main.ts'),
    'worker-2': () => node('worker-2', 'worker/main.ts'),
    api: () => node('api', 'api/server.ts'),
  };
  const up = new Map<Part, Up>();
  for (const part of ['postgres', 'temporal'] as const) up.set(part, await start[part]());
  await migrateToLatest(databaseUrl);
  for (const part of ['worker-1', 'worker-2', 'api'] as const) up.set(part, await start[part]());
  if (!(await until(async () => (await statusOf(`${apiUrl}/health/ready`)) === 200, 60_000)))
    throw new Error(`the API does not answer: see ${dir}`);

  return {
    apiUrl,
    databaseUrl,
    vaultKeyFile: join(dir, 'vault.key'),
    temporalAddress,
    async killAndRevive(part) {
      const process = up.get(part);
      if (process === undefined) throw new Error(`${part} is not up`);
      await checkOurs(dir, token, part, process);
      process.kill();
      await process.exited;
      up.set(part, await revive(start[part]));
    },
    async down() {
      for (const part of ['api', 'worker-1', 'worker-2', 'temporal', 'postgres'] as const) await up.get(part)?.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** A worker whose servers are down ends at its start: its supervisor tries again, as `npm start` does. */
async function revive(start: () => Promise<Up>): Promise<Up> {
  for (let tries = 0; ; tries += 1) {
    const process = await start().catch((error: unknown) => (tries < 20 ? undefined : Promise.reject(error as Error)));
    const ended =
      process && (await Promise.race([process.exited.then(() => true), new Promise<false>((done) => setTimeout(done, 700, false))]));
    if (process !== undefined && ended === false) return process;
    await new Promise((again) => setTimeout(again, 500));
  }
}

async function checkOurs(dir: string, token: string, part: Part, { pid, startTime }: Up): Promise<void> {
  const marker = await readFile(join(dir, 'ours'), 'utf8');
  const now = await refOf(pid);
  if (marker !== token || now === undefined || now.startTime !== startTime)
    throw new Error(`${part} (${pid}) is not provably ours: nothing was killed`);
}
