import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

/** What a finished install was made from: lockfile, platform and processor. */
function fingerprint(root) {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  return `${lock} ${process.platform} ${process.arch}\n`;
}

const markerOf = (root) => join(root, 'node_modules', '.redress-installed');

/** Remembers that the install of the present lockfile was finished. */
export function markInstalled(root) {
  writeFileSync(markerOf(root), fingerprint(root));
}

/**
 * Whether node_modules holds exactly what the lockfile asks for. A folder that somebody filled with npm by hand is
 * accepted too: npm writes its own hidden lockfile last, so a killed install has none or an old one.
 * @param {string} root
 */
export function isInstalled(root) {
  const hidden = read(join(root, 'node_modules', '.package-lock.json'));
  if (hidden === undefined) return false;
  const there = JSON.parse(hidden).packages;
  if (Object.keys(there).some((place) => !existsSync(join(root, place, 'package.json')))) return false;
  if (read(markerOf(root)) === fingerprint(root)) return true;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(([place, { version, optional, link }]) => {
    if (place === '' || link) return true;
    const found = there[place];
    return found === undefined ? Boolean(optional) : found.version === version;
  });
}
