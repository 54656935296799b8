import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunning, refOf, signalTo, waitUntilGone } from './processes.ts';

/**
 * Stops the server that a killed earlier run has left on this data directory, and clears a stale lock file. Only a
 * process whose working directory is this very data directory is touched: PostgreSQL changes into it, and a pid in a
 * file may have become somebody else's.
 * @param data the data directory
 * @returns true when a server was running and has been stopped
 */
export async function stopLeftover(data: string): Promise<boolean> {
  const file = join(data, 'postmaster.pid');
  const [line = '', directory = ''] = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  const pid = Number(line);
  if (!(pid > 0)) return false;
  const ref = await refOf(pid);
  if (ref === undefined || !(await isOurs(pid, directory, data))) {
    await rm(file, { force: true });
    return false;
  }
  signalTo(pid, 'SIGINT');
  if (!(await waitUntilGone(ref, 15_000))) signalTo(pid, 'SIGQUIT');
  await waitUntilGone(ref, 10_000);
  if (await isRunning(ref)) throw new Error(`A PostgreSQL of an earlier run (process ${pid}) does not stop: stop it, then try again.`);
  return true;
}

async function isOurs(pid: number, directory: string, data: string): Promise<boolean> {
  const ours = await realpath(data);
  if (process.platform === 'linux') return (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === ours;
  return directory === ours || directory === data;
}
