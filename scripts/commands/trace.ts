import type { Command } from 'commander';

interface Options {
  readonly json: boolean;
  readonly check: boolean;
  readonly write: boolean;
}

/** `redress trace`: requirement, code, test; and the pages of the procedures. */
export function register(program: Command): void {
  program
    .command('trace')
    .description('show where each requirement of the procedures is carried out and proved')
    .option('--json', 'as one line of JSON: rows with id, code and tests', false)
    .option('--check', 'exit code 1 when something in scope has no code or no test, or a page is out of date', false)
    .option('--write', 'write the pages of docs/procedures anew', false)
    .action(run);
}

async function run({ json, check, write }: Options): Promise<void> {
  const [{ trace }, { reportText }, { writePages, stalePages }] = await Promise.all([
    import('../../trace/trace.ts'),
    import('../../trace/report.ts'),
    import('../../trace/pages.ts'),
  ]);
  const root = new URL('../..', import.meta.url).pathname;
  const found = trace(root);
  if (write) for (const page of writePages(root, found)) process.stdout.write(`${page}\n`);
  const stale = check ? stalePages(root, found) : [];
  const faults = [...found.faults, ...stale.map((page) => `${page} is out of date: run redress trace --write`)];
  if (json) process.stdout.write(`${JSON.stringify({ rows: found.rows, faults })}\n`);
  else if (!write) process.stdout.write(`${reportText({ rows: found.rows, faults })}\n`);
  if (check && faults.length > 0) process.exitCode = 1;
}
