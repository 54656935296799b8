import { spawn, spawnSync } from 'node:child_process';

/**
 * Runs a program to its end, its output going to ours as on a terminal.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @param {(pid: number) => void} [onStart]
 * @returns {Promise<number>} its exit code; 127 when it could not be started, 128 + signal when it was killed
 */
export function run(command, args, options = {}, onStart = () => undefined) {
  return new Promise((done) => {
    const child = spawn(command, args, { stdio: ['ignore', 2, 2], ...options });
    if (child.pid !== undefined) onStart(child.pid);
    child.on('error', () => done(127));
    child.on('exit', (code, signal) => done(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}

/** Output of a short command, or undefined when it fails or takes more than ten seconds. */
export function outputOf(command, args) {
  const result = spawnSync(command, args, { encoding: 'utf8', timeout: 10_000, stdio: ['ignore', 'pipe', 'ignore'] });
  return result.status === 0 ? result.stdout.trim() : undefined;
}
