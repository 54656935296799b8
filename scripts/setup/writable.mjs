import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether files can really be made in a folder (permission bits alone say nothing on a read-only mount or to root).
 * @param {string} folder made when it is not there
 */
export function isWritable(folder) {
  const probe = join(folder, `.redress-probe-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(probe, '');
    rmSync(probe);
    return true;
  } catch {
    return false;
  }
}
