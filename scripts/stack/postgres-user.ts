import { chown, cp, mkdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** PostgreSQL refuses to run as root. This id owns nothing on any system; no user is added. */
const nobody = 65534;

/** Whom the server runs as: nobody when we are root, ourselves (empty) otherwise. */
export interface RunAs {
  readonly uid?: number;
  readonly gid?: number;
}

export function runAs(): RunAs {
  return process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
}

/** Makes a folder, given to whom the server runs as. */
export async function makeOwned(folder: string, who: RunAs): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (who.uid !== undefined) await chown(folder, who.uid, who.gid ?? who.uid);
}

/**
 * Whether everybody may enter every folder above a path: a server that does not run as us cannot reach it otherwise
 * (a clone below /root, a private temporary folder).
 */
export async function isReachable(path: string, who: RunAs): Promise<boolean> {
  if (who.uid === undefined) return true;
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    const { mode, uid } = await stat(folder).catch(() => ({ mode: 0o001, uid: 0 }));
    const bit = uid === who.uid ? 0o100 : 0o001;
    if ((mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/**
 * The folder of the server's programs, or a copy of it (60 MB) where whom it runs as can reach it.
 * @param source folder with bin, lib and share
 * @param home a folder that can be reached
 */
export async function reachablePrograms(source: string, home: string, who: RunAs): Promise<string> {
  if (await isReachable(join(source, 'bin', 'postgres'), who)) return source;
  const copy = join(home, 'programs');
  await cp(source, copy, { recursive: true, verbatimSymlinks: true, force: true });
  return copy;
}
