import type { Command } from 'commander';

/** `redress reset`: stops the stack and removes its data. */
export function register(program: Command): void {
  program
    .command('reset')
    .description('stop the local stack and remove all its data')
    .option('--yes', 'do not ask', false)
    .option('--json', 'the outcome as one line of JSON', false)
    .action(async ({ yes, json }: { yes: boolean; json: boolean }) => {
      const [{ config }, { removeData }, { confirm }] = await Promise.all([
        import('../../temporal.config.ts'),
        import('../stack/remove-data.ts'),
        import('../confirm.ts'),
      ]);
      const { dataDir } = config;
      if (!yes && !(await confirm(`Remove all cases, histories and logins in ${dataDir}?`))) {
        throw new Error('Nothing was removed (answer yes, or use --yes).');
      }
      const removed = await removeData(dataDir);
      const words = removed ? `Removed the data in ${dataDir}.` : 'There is no data to remove.';
      process.stdout.write(json ? `${JSON.stringify({ removed })}\n` : `${words}\n`);
    });
}
