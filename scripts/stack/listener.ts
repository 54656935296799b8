import { execFile } from 'node:child_process';
import { readFile, readdir, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Socket inodes that listen on a port, from the kernel's tables. */
async function listeningInodes(port: number): Promise<Set<string>> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const text = await readFile(table, 'utf8').catch(() => '');
    for (const line of text.split('\n').slice(1)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      if (state === '0A' && local?.endsWith(`:${hex}`) && inode !== undefined) inodes.add(inode);
    }
  }
  return inodes;
}

/**
 * Whether the process with this pid is the one that listens on a port. "Something answers there" is not enough: it may
 * be somebody else's server.
 * @returns undefined where the system does not tell
 */
export async function holdsListener(pid: number, port: number): Promise<boolean | undefined> {
  if (process.platform !== 'linux') return holdsListenerByLsof(pid, port);
  const inodes = await listeningInodes(port);
  const names = await readdir(`/proc/${pid}/fd`).catch(() => undefined);
  if (names === undefined) return undefined;
  const links = await Promise.all(names.map((name) => readlink(`/proc/${pid}/fd/${name}`).catch(() => '')));
  return links.some((link) => inodes.has(/^socket:\[(\d+)\]$/.exec(link)?.[1] ?? ''));
}

async function holdsListenerByLsof(pid: number, port: number): Promise<boolean | undefined> {
  const args = ['-nP', '-a', '-p', String(pid), `-iTCP:${port}`, '-sTCP:LISTEN', '-t'];
  const result = await promisify(execFile)('lsof', args).catch((error: NodeJS.ErrnoException) => error);
  if (result instanceof Error) return result.code === 'ENOENT' ? undefined : false;
  return result.stdout.trim() === String(pid);
}
