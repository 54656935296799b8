import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isOurDataFolder } from './data-folder.ts';
import { removeElsewhere } from './postgres-home.ts';
import { stopLeftover } from './postmaster.ts';
import { stopStack } from './stop-stack.ts';

/**
 * Stops the stack of a data folder and removes its data. The downloaded Temporal server stays: it is no data.
 * @returns false when there was nothing
 * @throws when the folder was not made by us
 */
export async function removeData(dataDir: string): Promise<boolean> {
  const names = await readdir(dataDir).catch(() => []);
  const data = names.filter((name) => name !== 'engine');
  if (data.length === 0) return false;
  if (!(await isOurDataFolder(dataDir))) throw new Error(`${dataDir} was not made by redress: nothing was removed.`);
  await stopStack(dataDir);
  await stopLeftover(join(dataDir, 'postgres', 'data'));
  await removeElsewhere(join(dataDir, 'postgres'));
  for (const name of data) await rm(join(dataDir, name), { recursive: true, force: true });
  return true;
}
