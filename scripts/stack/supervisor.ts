import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunning, refOf, type ProcessRef } from './processes.ts';

const fileIn = (dataDir: string): string => join(dataDir, 'run', 'supervisor.json');

/** The `up` that runs this data folder; undefined when there is none (it has ended, or was killed). */
export async function runningSupervisor(dataDir: string): Promise<ProcessRef | undefined> {
  try {
    const ref = JSON.parse(await readFile(fileIn(dataDir), 'utf8')) as ProcessRef;
    return (await isRunning(ref)) ? ref : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Makes this process the one that runs the data folder.
 * @returns what gives it up again
 * @throws when another one does already
 */
export async function becomeSupervisor(dataDir: string): Promise<() => Promise<void>> {
  const file = fileIn(dataDir);
  await mkdir(join(dataDir, 'run'), { recursive: true });
  for (;;) {
    try {
      await writeFile(file, JSON.stringify(await refOf(process.pid)), { flag: 'wx' });
      return () => rm(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const other = await runningSupervisor(dataDir);
    if (other !== undefined) {
      throw new Error(
        `redress is running already (process ${other.pid}): \`npx redress status\` shows where, \`npx redress down\` stops it.`,
      );
    }
    await rm(file, { force: true });
  }
}
