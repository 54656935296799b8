/**
 * What must happen before Node 24 and the packages are there. Plain JavaScript, no dependencies, Node 20 or later.
 *
 *   node scripts/setup.mjs                       packages, Node 24, Temporal server
 *   node scripts/setup.mjs start [args]          the same, then `redress up`
 *   node scripts/setup.mjs test [args]           the same, then every tier of tests
 *   node scripts/setup.mjs run <file> [args]     packages and Node 24, then that file
 */
import { join } from 'node:path';
import { ensureEngine } from './setup/engine.mjs';
import { handOver } from './setup/hand-over.mjs';
import { adviceForNode, node24 } from './setup/node24.mjs';
import { ensureNodeModules } from './setup/node-modules.mjs';
import { root } from './setup/paths.mjs';
import { stopWith } from './setup/stop-with.mjs';

const [what, ...rest] = process.argv.slice(2);
if (Number(process.versions.node.split('.')[0]) < 20)
  stopWith(`redress needs Node 20 or later to set itself up; this is ${process.versions.node}.`);
if (![undefined, 'start', 'test', 'run'].includes(what)) stopWith('Usage: node scripts/setup.mjs [start | test | run <file>] [arguments]');

await ensureNodeModules();
const node = node24() ?? stopWith(adviceForNode);
const engineIsElsewhere = what === 'start' && process.env.TEMPORAL_ADDRESS;
if (what !== 'run' && !engineIsElsewhere) await ensureEngine(node);

if (what === 'start') handOver(node, [join(root, 'scripts', 'redress.ts'), 'up', ...rest]);
if (what === 'test') handOver(node, [join(root, 'scripts', 'test.ts'), ...rest]);
if (what === 'run') handOver(node, rest);
