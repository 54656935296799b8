import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection, type ConnectionOptions } from '@temporalio/client';
import { searchAttributeTypes } from '../../workflows/kit/names.ts';
import { startChild, type Child } from './child.ts';
import { cleanEnv } from './clean-env.ts';
import { holdsListener } from './listener.ts';
import { freePort } from './ports.ts';

export interface TemporalOptions {
  /** Path of the Temporal CLI. */
  readonly binary: string;
  /** Where it keeps its data; left out, it forgets everything when it ends. */
  readonly dir?: string;
  /** Loopback ports; free ones when left out. */
  readonly port?: number;
  readonly uiPort?: number;
  /** Where the UI asks to have payloads decoded. */
  readonly codecEndpoint?: string | undefined;
  /** Without the web UI. */
  readonly headless?: boolean;
  /** Lets a workflow's clock be moved forward; for tests and the lab only. */
  readonly virtualTime?: boolean;
  /** Name to type; the product's own when left out. */
  readonly searchAttributes?: Readonly<Record<string, string>>;
  /** Further server settings, values as JSON. */
  readonly dynamicConfig?: Readonly<Record<string, unknown>>;
}

export interface RunningTemporal {
  readonly address: string;
  readonly uiUrl?: string;
  readonly pid: number;
  readonly startTime: string;
  readonly exited: Promise<string>;
  stop(): Promise<void>;
  kill(): void;
}

/** The second makes a fired timer cost 10 ms of real time instead of a second. */
const virtualTimeConfig = { 'frontend.WorkflowTimeSkippingEnabled': true, 'history.timerProcessorMaxTimeShift': '10ms' };

/**
 * Starts a Temporal development server of our own on loopback.
 * @throws when a port is taken or it does not answer within 30 seconds
 */
export async function startTemporal(options: TemporalOptions): Promise<RunningTemporal> {
  const port = options.port ?? (await freePort());
  const uiPort = options.headless ? undefined : (options.uiPort ?? (await freePort()));
  const home = options.dir ?? (await mkdtemp(join(tmpdir(), 'redress-temporal-')));
  await mkdir(home, { recursive: true });
  const log = join(home, 'temporal.log');
  const attributes = options.searchAttributes ?? searchAttributeTypes;
  const dynamic = { ...(options.virtualTime ? virtualTimeConfig : {}), ...options.dynamicConfig };
  const args = [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'error'],
    ...(uiPort === undefined ? ['--headless'] : ['--ui-ip', '127.0.0.1', '--ui-port', String(uiPort)]),
    ...(uiPort === undefined || options.codecEndpoint === undefined ? [] : ['--ui-codec-endpoint', options.codecEndpoint]),
    ...(options.dir === undefined ? [] : ['--db-filename', join(home, 'temporal.db')]),
    ...Object.entries(attributes).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
    ...Object.entries(dynamic).flatMap(([name, value]) => ['--dynamic-config-value', `${name}=${JSON.stringify(value)}`]),
  ];
  const child = await startChild({ command: options.binary, args, cwd: home, env: cleanEnv(), log });
  const address = `127.0.0.1:${port}`;
  await untilReady(child, port, Object.keys(attributes), log);
  const { pid, startTime, exited, kill } = child;
  return {
    ...{ address, pid, startTime, exited, kill },
    ...(uiPort === undefined ? {} : { uiUrl: `http://127.0.0.1:${uiPort}` }),
    async stop() {
      await child.stop('SIGTERM', 15_000);
      if (options.dir === undefined) await rm(home, { recursive: true, force: true });
    },
  };
}

async function untilReady(child: Child, port: number, attributes: readonly string[], log: string): Promise<void> {
  let ended: string | undefined;
  void child.exited.then((how) => (ended = how));
  for (const until = Date.now() + 30_000; Date.now() < until; await sleep(50)) {
    if (ended !== undefined) throw new Error(`The Temporal server ended at once (${ended}): see ${log}`);
    if ((await holdsListener(child.pid, port)) === false) continue;
    if (await isReady({ address: `127.0.0.1:${port}` }, attributes)) return;
  }
  await child.stop('SIGTERM', 5000);
  throw new Error(`The Temporal server did not answer on port ${port} within 30 seconds: see ${log}`);
}

/** Whether the server answers and knows its namespace and our search attributes. */
export async function isReady(at: ConnectionOptions, attributes: readonly string[] = [], namespace = 'default'): Promise<boolean> {
  const connection = await Connection.connect({ ...at, connectTimeout: 2000 }).catch(() => undefined);
  if (connection === undefined) return false;
  try {
    const known = await connection.operatorService.listSearchAttributes({ namespace });
    return attributes.every((name) => Object.hasOwn(known.customAttributes ?? {}, name));
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}
