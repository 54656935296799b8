import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const marker = 'this-is-redress-data';

/**
 * Makes the data folder and marks it as ours.
 * @throws with one sentence when it cannot be written to, or holds something else
 */
export async function claimDataFolder(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true });
    const before = await readdir(dataDir);
    const foreign = before.filter((name) => !/^(engine|run|engine-partial-.*|desk\.key|codec\.keys)$/.test(name));
    if (!before.includes(marker) && foreign.length > 0) {
      throw new Error(`${dataDir} holds other things (${foreign[0]}): set REDRESS_DATA to a folder of its own.`);
    }
    await writeFile(join(dataDir, marker), 'Made by redress; `redress reset` removes it.\n');
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM', 'ENOTDIR', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    throw new Error(`The folder ${dataDir} cannot be written to: set REDRESS_DATA to one that can.`, { cause: error });
  }
}

/** Whether a folder was marked as ours. */
export async function isOurDataFolder(dataDir: string): Promise<boolean> {
  return (await readFile(join(dataDir, marker), 'utf8').catch(() => undefined)) !== undefined;
}

/** The database password of this folder, made at first use; readable by its owner alone. */
export async function databasePassword(dataDir: string): Promise<string> {
  const file = join(dataDir, 'postgres.password');
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept !== '') return kept;
  const fresh = randomBytes(24).toString('base64url');
  await writeFile(file, fresh, { mode: 0o600 });
  return fresh;
}
