import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isReachable, runAs } from './postgres-user.ts';

/** Where data goes that cannot lie in the data folder. */
const elsewhere = '/var/lib/redress';
const pointerIn = (dir: string): string => `${dir}.elsewhere`;

/**
 * Where a kept cluster may lie: `dir`, or, when we are root and nobody else may enter the folders above it (a clone
 * below /root), a folder of its own under /var/lib, remembered beside `dir`.
 * @param say told in one line when the data is not in `dir`
 */
export async function durableHome(dir: string, say: (line: string) => void): Promise<string> {
  if (await isReachable(dir, runAs())) return dir;
  const key = createHash('sha256').update(dir).digest('hex').slice(0, 12);
  const home = join(elsewhere, key);
  await writeFile(pointerIn(dir), home);
  say(`PostgreSQL may not run as root and nobody else may enter ${dirname(dir)}: its data is in ${home}.`);
  return home;
}

/** Removes a cluster that lies elsewhere. Only a folder under our own is ever removed. */
export async function removeElsewhere(dir: string): Promise<void> {
  const home = await readFile(pointerIn(dir), 'utf8').catch(() => undefined);
  if (home === undefined || dirname(home) !== elsewhere) return;
  if ((await stat(home).catch(() => undefined))?.isDirectory()) await rm(home, { recursive: true });
}

/**
 * A fresh temporary folder that a PostgreSQL of ours can reach, also when we are root and the temporary folder of this
 * session is private.
 */
export async function publicTemporaryFolder(): Promise<string> {
  const who = runAs();
  for (const parent of [tmpdir(), '/tmp', '/var/tmp']) {
    if (await isReachable(join(parent, 'x'), who)) return mkdtemp(join(parent, 'redress-postgres-'));
  }
  throw new Error(`PostgreSQL may not run as root and nobody else may enter ${tmpdir()}: set TMPDIR to a folder that others may enter.`);
}
