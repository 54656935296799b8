import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { outputOf } from './run.mjs';

const wanted = 24;
const major = (version) => Number(/^v?(\d+)\./.exec(version ?? '')?.[1] ?? 0);

/**
 * A Node that runs our TypeScript as it is: the one we are running on when it is new enough, else that of the npm
 * package `node`.
 * @returns {string | undefined} path, or undefined when there is none
 */
export function node24() {
  if (major(process.versions.node) >= wanted) return process.execPath;
  const packaged = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(packaged) && major(outputOf(packaged, ['--version'])) >= wanted ? packaged : undefined;
}

export const adviceForNode = `redress runs on Node ${wanted} or later and this is Node ${process.versions.node}: install Node ${wanted} (nodejs.org), or allow npm to run install scripts so that it can bring its own, delete node_modules and try again.`;
