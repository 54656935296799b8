import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startChild } from './child.ts';
import { productFolder } from './home.ts';
import type { Running } from './keep-alive.ts';

export interface NodeService {
  /** Path from the product's folder, as `api/server.ts`. */
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
  readonly logs: string;
  /** How long it may take to finish what it is doing, in milliseconds. */
  readonly graceMs: number;
}

/** Starts one of our own processes on the Node that runs us. Its output goes to `<logs>/<folder of the file>.log`. */
export async function startNodeService({ file, env, logs, graceMs }: NodeService): Promise<Running> {
  await mkdir(logs, { recursive: true });
  const log = join(logs, `${file.split('/')[0]}.log`);
  const child = await startChild({
    command: process.execPath,
    args: ['--enable-source-maps', join(productFolder, file)],
    cwd: productFolder,
    env,
    log,
  });
  return { pid: child.pid, startTime: child.startTime, exited: child.exited, stop: () => child.stop('SIGTERM', graceMs) };
}
