import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { cleanEnv } from './clean-env.ts';
import { dataDirectory } from './home.ts';

const executable = process.platform === 'win32' ? 'temporal.exe' : 'temporal';

export interface Engine {
  readonly path: string;
  /** In a few words, where it comes from. */
  readonly how: string;
}

/**
 * The Temporal CLI to run: the one on PATH when it is 1.9 or newer, else the one that set-up has put into the data
 * folder.
 * @throws with advice when there is none
 */
export async function resolveTemporal(env: NodeJS.ProcessEnv = process.env): Promise<Engine> {
  const installed = join(dataDirectory(env), 'engine', 'bin', executable);
  const candidates: Engine[] = [
    ...(env['PATH'] ?? '')
      .split(delimiter)
      .filter(Boolean)
      .map((folder) => ({ path: join(folder, executable), how: 'from PATH' })),
    { path: installed, how: 'installed by set-up' },
  ];
  for (const candidate of candidates) {
    const version = await versionOf(candidate.path);
    if (version !== undefined) return { ...candidate, how: `${version}, ${candidate.how}` };
  }
  throw new Error('There is no Temporal server yet: run `node scripts/setup.mjs` once, or put the Temporal CLI (1.9 or newer) on PATH.');
}

/** The version of a Temporal CLI that is new enough; undefined when it is missing, too old, or something else. */
async function versionOf(path: string): Promise<string | undefined> {
  try {
    await access(path, constants.X_OK);
    const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: 10_000, env: cleanEnv() });
    const [, version, major, minor] = /^temporal version ((\d+)\.(\d+)\S*)/.exec(stdout) ?? [];
    return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 9) ? version : undefined;
  } catch {
    return undefined;
  }
}
