/** What lies on the disk and is noted nowhere: a request broke off between keeping its files and noting them. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file as it came, or the small picture of it. */
export type Kind = 'kept' | 'small';

/** What is judged lies under a key that nobody keeps: what a crash leaves opens never again. */
export const COMING = 'coming';
export const DAY_MS = 86_400_000;

export const placeIn = (root: string, kind: Kind, name: string): string => join(root, kind, name.slice(0, 2), name);

/**
 * Removes files that for a day have neither come nor been noted. Where none of those that are there is noted, none goes: the notes are of
 * another store. @returns how many went
 */
export async function removeUnnoted(
  root: string,
  nameOf: (hash: string) => Promise<string>,
  noted: () => AsyncIterable<string>,
): Promise<number> {
  const there = await namesIn(join(root, 'kept'));
  const [all, before] = [there.size, Date.now() - DAY_MS];
  if (all === 0) return 0;
  for await (const hash of noted()) there.delete(await nameOf(hash));
  if (there.size === all) return 0;
  let gone = 0;
  for (const name of there) if (await removeOld(root, name, before)) gone += 1;
  return gone;
}

/** Taken aside first: whoever sends the same bytes just now has made it new, or finds it gone and keeps it anew. */
async function removeOld(root: string, name: string, before: number): Promise<boolean> {
  const place = placeIn(root, 'kept', name);
  if (!(await isOlder(place, before))) return false;
  const aside = join(root, COMING, randomUUID());
  await mkdir(join(root, COMING), { recursive: true, mode: 0o700 });
  await rename(place, aside);
  if (!(await isOlder(aside, before))) {
    await rename(aside, place);
    return false;
  }
  await rm(aside, { force: true });
  await rm(placeIn(root, 'small', name), { force: true });
  return true;
}

/** Last written before that instant; what is not there any more is not. */
export async function isOlder(path: string, before: number): Promise<boolean> {
  const found = await stat(path).catch(() => undefined); // another process may have removed it
  return found !== undefined && found.mtimeMs < before;
}

async function namesIn(folder: string): Promise<Set<string>> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []; // no file has come yet
    throw error;
  });
  return new Set(found.filter((one) => one.isFile()).map(({ name }) => name));
}
