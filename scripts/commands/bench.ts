import type { Command } from 'commander';

/** `redress bench`: what a decision costs, on servers started for it alone. */
export function register(program: Command): void {
  program
    .command('bench')
    .description('count what a case costs, and compare times as ratios within this run')
    .argument(
      '[tier]',
      'quick (about three minutes), full (more pairs and cases), deadlines (no servers, seconds), prints (a dossier, no servers, seconds), watch (2,000 deadlines, four minutes), bulk (10,000 open cases told of a year), search (a database alone: a million entries) or import (10,000 rows into a register, a minute)',
      'quick',
    )
    .option('--cases <n>', 'of bulk: how many open cases; of search: how many entries', Number)
    .option('--json', 'figures only, for machines')
    .action(async (tier: string, { json = false, cases }: { json?: boolean; cases?: number }) => {
      if (
        tier !== 'quick' &&
        tier !== 'full' &&
        tier !== 'deadlines' &&
        tier !== 'watch' &&
        tier !== 'bulk' &&
        tier !== 'search' &&
        tier !== 'prints' &&
        tier !== 'import'
      )
        throw new Error(`there is no tier "${tier}": it is quick, full, deadlines, watch, bulk, search, import or prints`);
      const { bench, sayFigures } = await import('../../test/bench/bench.ts');
      const figures = await bench(tier, json ? () => undefined : (line) => process.stderr.write(`${line}\n`), cases);
      console.log(json ? JSON.stringify(figures, null, 2) : sayFigures(figures));
    });
}
