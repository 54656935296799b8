/** The folder of checkpoints: `000001.json`, `000002.json`, each written once and never again. */
import { chmod, link, mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { draftOf } from '../draft.ts';
import { readCheckpoint, type SignedCheckpoint } from './format.ts';

const nameOf = (number: number): string => `${String(number).padStart(6, '0')}.json`;

/** In their order; what is no checkpoint by its name is passed over. @throws naming the file that cannot be read */
export async function readCheckpoints(folder: string): Promise<SignedCheckpoint[]> {
  const names = (await readdir(folder).catch(missing)).filter((name) => /^\d{6,}\.json$/.test(name)).toSorted();
  return Promise.all(
    names.map(async (name) => {
      try {
        return readCheckpoint(await readFile(join(folder, name), 'utf8'));
      } catch (error) {
        throw new Error(`${join(folder, name)} is no checkpoint: ${(error as Error).message}`, { cause: error });
      }
    }),
  );
}

/** False when somebody else has written one of that number: theirs stands. It is on the disk when this returns. */
export async function writeCheckpoint(folder: string, checkpoint: SignedCheckpoint): Promise<boolean> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, nameOf(checkpoint.number));
  const draft = draftOf(path);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(`${JSON.stringify(checkpoint)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await chmod(draft, 0o444);
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

function missing(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
