import type { Command } from 'commander';

/** `redress codec-server`: shows operators in the Temporal UI what is encrypted, after a login, and notes what they read. */
export function register(program: Command): void {
  program
    .command('codec-server')
    .description('serve POST /decode for the Temporal UI and `temporal --codec-endpoint`: to operators who are signed in (docs/keys.md)')
    .action(async () => {
      await import('../../api/codec/server.ts');
    });
}
