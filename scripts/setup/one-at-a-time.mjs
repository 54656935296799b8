import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { say } from './stop-with.mjs';

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

function isAlive(pid) {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/**
 * Runs `work` while no other set-up of the same folder runs: two of them would empty node_modules under each other.
 * A lock whose owner is gone (a killed set-up) is taken over, once what it had started is gone too.
 * @template T
 * @param {string} lock path of the lock file
 * @param {(alsoWaitFor: (pid: number) => void) => Promise<T>} work is handed what notes a process it has started
 * @returns {Promise<T>}
 */
export async function oneAtATime(lock, work) {
  mkdirSync(dirname(lock), { recursive: true });
  for (let told = false; ;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const owner = readOrEmpty(lock).split(' ').map(Number).find(isAlive);
    if (owner === undefined) {
      rmSync(lock, { force: true });
      continue;
    }
    if (!told) say(`Another set-up of this folder is at work (process ${owner}); waiting for it.`);
    told = true;
    await sleep(300);
  }
  try {
    return await work((pid) => appendFileSync(lock, ` ${pid}`));
  } finally {
    rmSync(lock, { force: true });
  }
}

function readOrEmpty(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
