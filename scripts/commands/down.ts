import type { Command } from 'commander';

/** `redress down`: stops the stack from another terminal. */
export function register(program: Command): void {
  program
    .command('down')
    .description('stop the local stack, in order; data is kept')
    .option('--json', 'the outcome as one line of JSON', false)
    .action(async ({ json }: { json: boolean }) => {
      const [{ config }, { stopStack }] = await Promise.all([import('../../temporal.config.ts'), import('../stack/stop-stack.ts')]);
      const stopped = await stopStack(config.dataDir);
      process.stdout.write(json ? `${JSON.stringify({ stopped: stopped !== undefined })}\n` : `${stopped ?? 'redress is not running.'}\n`);
    });
}
