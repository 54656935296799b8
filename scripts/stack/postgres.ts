import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startChild, type Child } from './child.ts';
import { cleanEnv } from './clean-env.ts';
import { holdsListener } from './listener.ts';
import { freePort } from './ports.ts';
import { ensureCluster } from './postgres-cluster.ts';
import { postgresPrograms } from './postgres-programs.ts';
import { isReachable, makeOwned, reachablePrograms, runAs } from './postgres-user.ts';
import { stopLeftover } from './postmaster.ts';

export interface PostgresOptions {
  /** Folder of its own for cluster, log and, where needed, a copy of the programs. */
  readonly dir: string;
  /** Loopback port; a free one when left out. */
  readonly port?: number;
  /** true: checksums, flushed writes, data kept. false: throw-away, fast, nothing flushed. */
  readonly durable: boolean;
  /** Of the user `postgres`. Left out: everybody on loopback is trusted. */
  readonly password?: string;
}

export interface RunningPostgres {
  /** Of the database `postgres`. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly startTime: string;
  readonly dataDirectory: string;
  /** How the server ended, whoever ended it. */
  readonly exited: Promise<string>;
  /** Fast shutdown: sessions are cut, everything committed is kept. */
  stop(): Promise<void>;
  /** SIGKILL to the server and all its processes, as a crash. */
  kill(): void;
}

/**
 * Starts a PostgreSQL of our own on loopback, without sockets (their paths are limited to 107 bytes). A server that a
 * killed run left on the same data is stopped first.
 * @throws when the folder cannot be reached by whom the server must run as, the port is taken, or it does not come up
 *   within 30 seconds
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const { dir, durable, password } = options;
  const who = runAs();
  await mkdir(dir, { recursive: true });
  if (!(await isReachable(join(dir, 'data'), who)) && !(await isReachable(dir, who))) {
    throw new Error(
      `PostgreSQL may not run as root and nobody else may enter ${dir}: use a folder that others may enter, or set DATABASE_URL.`,
    );
  }
  await makeOwned(dir, who);
  const programs = await reachablePrograms(await postgresPrograms(), dir, who);
  const dataDirectory = await ensureCluster({ home: dir, programs, who, durable, ...(password === undefined ? {} : { password }) });
  await stopLeftover(dataDirectory);

  const port = options.port ?? (await freePort());
  const log = join(dir, 'postgres.log');
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200', 'timezone=UTC', 'log_timezone=UTC'];
  if (!durable) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off');
  const args = ['-D', dataDirectory, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
  const child = await startChild({ command: join(programs, 'bin', 'postgres'), args, cwd: dir, env: cleanEnv(), log, ...who });
  const login = password === undefined ? 'postgres' : `postgres:${encodeURIComponent(password)}`;
  const url = `postgres://${login}@127.0.0.1:${port}/postgres`;
  await untilReady(child, port, url, log);
  const { pid, startTime, exited } = child;
  return { url, port, pid, startTime, dataDirectory, exited, stop: () => child.stop('SIGINT', 30_000), kill: child.kill };
}

async function untilReady(child: Child, port: number, url: string, log: string): Promise<void> {
  let ended: string | undefined;
  void child.exited.then((how) => (ended = how));
  for (const until = Date.now() + 30_000; Date.now() < until; await sleep(50)) {
    if (ended !== undefined) throw new Error(`PostgreSQL ended at once (${ended}): see ${log}`);
    if ((await holdsListener(child.pid, port)) === false) continue;
    if (await answers(url)) return;
  }
  await child.stop('SIGINT', 5000);
  throw new Error(`PostgreSQL did not come up on port ${port} within 30 seconds: see ${log}`);
}

/** Whether a PostgreSQL takes our login at this address. */
export async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
