import { join } from 'node:path';
import { dataDir, root } from './paths.mjs';
import { isInstalled, markInstalled } from './installed.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { run } from './run.mjs';
import { say, stopWith } from './stop-with.mjs';
import { isWritable } from './writable.mjs';

/** npm as the caller runs it: inside a npm script its own path is known, and `npm` need not be on PATH. */
function npm() {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('npm-cli.js')) return [process.execPath, cli];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
}

/** Installs the packages of the lockfile when they are missing, half there, or of another lockfile. */
export async function ensureNodeModules() {
  if (isInstalled(root)) return;
  if (!isWritable(root)) {
    stopWith(`The folder ${root} cannot be written to: copy it to a place where you may write, then try again.`);
  }
  await oneAtATime(join(dataDir, 'run', 'setup.lock'), async (alsoWaitFor) => {
    if (isInstalled(root)) return;
    say('Installing packages from the lockfile (about a minute, once) …');
    const [command, ...before] = npm();
    const args = [...before, 'ci', '--no-audit', '--no-fund', '--loglevel=error'];
    const code = await run(command, args, { cwd: root }, alsoWaitFor);
    if (code !== 0) stopWith(`npm ci ended with code ${code}: see above, put it right (network, disk space?), then try again.`);
    if (!isInstalled(root)) stopWith('npm ci left packages out: delete the folder node_modules, then try again.');
    markInstalled(root);
  });
}
