#!/usr/bin/env node
/** The `redress` command: starts on any Node from 20, goes on with Node 24. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { handOver } from './setup/hand-over.mjs';
import { adviceForNode, node24 } from './setup/node24.mjs';
import { root } from './setup/paths.mjs';
import { stopWith } from './setup/stop-with.mjs';

if (!existsSync(join(root, 'node_modules', 'commander'))) stopWith('redress is not set up yet: run `npm start` once, or `npm ci`.');
handOver(node24() ?? stopWith(adviceForNode), [join(root, 'scripts', 'redress.ts'), ...process.argv.slice(2)]);
