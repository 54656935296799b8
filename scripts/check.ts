/** `npm run check`: types, lint with the fences between folders, format, dead code. Runs all, then says what failed. */
import { spawn } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { productFolder } from './stack/home.ts';
import { staleApiDocument } from './check/api-document.ts';
import { checkHouse } from './check/house.ts';
import { plantedSecrets } from './check/secrets.ts';
import { stalePages } from '../trace/pages.ts';
import { security } from '../trace/security.ts';
import { trace } from '../trace/trace.ts';

interface Check {
  readonly name: string;
  /** A package's own program: run by path, so that it runs on the Node we run on. */
  readonly command: readonly [program: string, ...args: string[]];
}

const checks: Check[] = [
  { name: 'types', command: ['typescript/bin/tsc', '--project', '.'] },
  { name: 'types of domain', command: ['typescript/bin/tsc', '--project', 'domain'] },
  { name: 'types of workflows', command: ['typescript/bin/tsc', '--project', 'workflows'] },
  { name: 'lint and fences', command: ['oxlint/bin/oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'format (npm run format puts it right)', command: ['oxfmt/bin/oxfmt', '--list-different'] },
  { name: 'dead code', command: ['knip/bin/knip.js', '--no-progress'] },
];

/** Rows in scope without code or test, and pages of procedures that are out of date. */
function traced(): string[] {
  const found = trace(productFolder);
  return [...found.faults, ...stalePages(productFolder, found).map((page) => `${page} is out of date: npm run redress -- trace --write`)];
}

/** @returns the output when it failed, undefined when it passed */
async function run({ command: [program, ...args] }: Check): Promise<string | undefined> {
  const path = join(productFolder, 'node_modules', program);
  await access(path);
  return new Promise((done) => {
    const child = spawn(process.execPath, [path, ...args], { cwd: productFolder, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (text += piece.toString()));
    child.once('error', (error) => done(error.message));
    child.once('close', (code) => done(code === 0 ? undefined : text));
  });
}

const results = await Promise.all([
  Promise.resolve(security(productFolder).faults).then((found) => ({
    name: 'security',
    output: found.length === 0 ? undefined : found.join('\n'),
  })),
  ...checks.map(async (check) => ({ name: check.name, output: await run(check) })),
  Promise.resolve(traced()).then((found) => ({ name: 'trace', output: found.length === 0 ? undefined : found.join('\n') })),
  staleApiDocument(productFolder).then((found) => ({ name: 'API document', output: found.length === 0 ? undefined : found.join('\n') })),
  plantedSecrets(productFolder).then((found) => ({ name: 'secrets', output: found.length === 0 ? undefined : found.join('\n') })),
  checkHouse(productFolder).then((found) => ({ name: 'house', output: found.length === 0 ? undefined : found.join('\n') })),
]);
for (const { name, output } of results) {
  process.stdout.write(output === undefined ? `✓ ${name}\n` : `✗ ${name}\n${output.trimEnd().replaceAll(/^/gm, '    ')}\n`);
}
const failed = results.filter(({ output }) => output !== undefined).map(({ name }) => name);
process.stdout.write(failed.length === 0 ? 'check passed\n' : `check failed: ${failed.join(', ')}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
