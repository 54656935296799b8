/** Runs every tier of tests (or what the arguments say, as vitest takes them) and ends with one line over all of them. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { productFolder } from './stack/home.ts';

/** What we read of vitest's own JSON report. */
interface Report {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly { readonly status: string }[] }[];
}

const folder = await mkdtemp(join(tmpdir(), 'redress-report-'));
const file = join(folder, 'report.json');
const code = await new Promise<number>((done) => {
  const vitest = join(productFolder, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...process.argv.slice(2)], { cwd: productFolder, stdio: 'inherit' });
  // Vitest stops its servers on the same Ctrl-C; we only wait for it.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => signal === 'SIGTERM' && child.kill(signal));
  child.once('error', () => done(1));
  child.once('exit', (status) => done(status ?? 1));
});
const report = await readFile(file, 'utf8')
  .then((text) => JSON.parse(text) as Report)
  .catch(() => undefined);
await rm(folder, { recursive: true, force: true });

const passed = report?.numPassedTests ?? 0;
const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
/** A file that could not even be loaded has no failed test of its own, and neither has a failed clean-up. */
const broken = report?.testResults.filter(
  ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
);
const counted = (report?.numFailedTests ?? 0) + (broken?.length ?? 0);
const isGood = code === 0 && report?.success === true && passed > 0;
const failed = isGood ? counted : Math.max(counted, 1);

process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exitCode = failed === 0 ? 0 : 1;
