/** Runs the tests that carry an id in their title, and no others, in a copy of the work tree. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { escaped } from './places.ts';

/**
 * `none`: no test carries the id. `red`: an assertion failed. `load`: nothing of the pack or register loads without the datum, so that no
 * test of it can pass, which proves that it is needed, not what it says. `broken`: the tests did not run at all.
 */
export type Colour = 'green' | 'red' | 'load' | 'none' | 'broken';

export interface Outcome {
  readonly colour: Colour;
  /** The first test that failed, else the first that ran. */
  readonly test: string;
}

interface Report {
  readonly success: boolean;
  readonly testResults: readonly { readonly name: string; readonly status: string; readonly assertionResults: readonly Assertion[] }[];
}

interface Assertion {
  readonly status: string;
  readonly fullName: string;
}

/** Cheapest first. */
const TIERS = ['domain', 'scripts', 'histories', 'store', 'activities', 'api', 'import', 'workflows', 'scenarios', 'chaos'];

/** Tier after tier, as far as the first that does not pass. */
export function runTests(root: string, id: string, files: readonly string[]): Outcome {
  let last: Outcome = { colour: 'none', test: '' };
  for (const tier of TIERS) {
    const own = files.filter((file) => file.startsWith(`test/${tier}/`));
    if (own.length === 0) continue;
    const outcome = runTier(root, tier === 'histories' ? 'replay' : tier, id, own);
    if (outcome.colour !== 'green' && outcome.colour !== 'none') return outcome;
    if (outcome.colour === 'green') last = outcome;
  }
  return last;
}

function runTier(root: string, project: string, id: string, files: readonly string[]): Outcome {
  const report = join(root, '.redress/report.json');
  rmSync(report, { force: true });
  const title = String.raw`\[[^\]]*\b${escaped(id)}(?!\w)[^\]]*\]`;
  const args = ['run', '--project', project, ...files, '-t', title, '--reporter=json', `--outputFile=${report}`];
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...args], { cwd: root, stdio: 'ignore' });
  if (!existsSync(report)) return { colour: 'broken', test: `${files.join(' ')} did not run (exit code ${status})` };
  return judge(JSON.parse(readFileSync(report, 'utf8')) as Report);
}

function judge({ success, testResults }: Report): Outcome {
  const ran = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'passed' || status === 'failed');
  const failed = ran.find(({ status }) => status === 'failed');
  if (failed !== undefined) return { colour: 'red', test: failed.fullName };
  if (!success) return { colour: 'load', test: testResults.find(({ status }) => status === 'failed')?.name ?? 'a file does not load' };
  return ran.length === 0 ? { colour: 'none', test: '' } : { colour: 'green', test: ran[0]!.fullName };
}
