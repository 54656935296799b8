import type { Command } from 'commander';

/** `redress up`: the local stack in the foreground. */
export function register(program: Command): void {
  program
    .command('up')
    .description('bring up PostgreSQL, Temporal with its UI, worker and API, and stay until Ctrl-C')
    .option('--no-demo', 'without the demo company')
    .option('--json', 'addresses and logins as one line of JSON', false)
    .action(async (options: { demo: boolean; json: boolean }) => {
      const { up } = await import('../up/up.ts');
      await up(options);
    });
}
