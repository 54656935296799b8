import { execFile } from 'node:child_process';
import { chown, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cleanEnv } from './clean-env.ts';
import { makeOwned, type RunAs } from './postgres-user.ts';

export interface ClusterOptions {
  /** Folder above the data directory; belongs to whom the server runs as. */
  readonly home: string;
  readonly programs: string;
  readonly who: RunAs;
  /** Checksums, password and flushed writes; without it a throw-away cluster that trusts loopback. */
  readonly durable: boolean;
  readonly password?: string;
}

const version = '18';

/**
 * Makes the cluster in `<home>/data` unless it is there. It is built beside it and moved into place, so a killed run
 * leaves no half-made cluster.
 * @returns the data directory
 * @throws when an existing cluster is of another major version
 */
export async function ensureCluster({ home, programs, who, durable, password }: ClusterOptions): Promise<string> {
  const data = join(home, 'data');
  const found = await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (found !== undefined) {
    if (found.trim() === version) return data;
    throw new Error(
      `The data in ${data} is of PostgreSQL ${found.trim()}, this is ${version}: move it over with pg_upgrade, or run \`redress reset\`.`,
    );
  }
  const partial = join(home, 'data-partial');
  await rm(partial, { recursive: true, force: true });
  await makeOwned(home, who);
  const secret = join(home, 'password-partial');
  if (password !== undefined) {
    await writeFile(secret, password, { mode: 0o600 });
    if (who.uid !== undefined) await chown(secret, who.uid, who.gid ?? who.uid);
  }
  const kind = durable ? ['--data-checksums'] : ['--no-sync', '--no-data-checksums'];
  const auth = password === undefined ? ['--auth=trust'] : ['--auth=scram-sha-256', `--pwfile=${secret}`];
  const args = ['-D', partial, '-U', 'postgres', '--encoding=UTF8', '--locale=C.UTF-8', ...kind, ...auth];
  try {
    await promisify(execFile)(join(programs, 'bin', 'initdb'), args, { ...who, cwd: home, env: cleanEnv() });
  } finally {
    await rm(secret, { force: true });
  }
  await rename(partial, data);
  return data;
}
