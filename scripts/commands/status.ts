import type { Command } from 'commander';

/** `redress status`: each part with address, process and health; from 1 December, that the next year's days off are missing; notices that do not get through. Exit code 1 unless all are healthy. */
export function register(program: Command): void {
  program
    .command('status')
    .description('show each part of the local stack with address, process and health')
    .option('--json', 'as one line of JSON', false)
    .action(async ({ json }: { json: boolean }) => {
      const [{ config }, { stackHealth }] = await Promise.all([import('../../temporal.config.ts'), import('../stack/health.ts')]);
      const health = await stackHealth(config.dataDir);
      const { stackWarnings } = await import('../stack/warnings.ts');
      const warnings = await stackWarnings(health);
      if (json) process.stdout.write(`${JSON.stringify({ ...health, warnings })}\n`);
      else {
        for (const { part, state, pid, address } of health.parts) {
          process.stdout.write(
            `${part.padEnd(9)} ${state.padEnd(14)} ${(pid === undefined ? '' : `process ${pid}`).padEnd(16)} ${address ?? ''}\n`,
          );
        }
        for (const { zh, en } of warnings) process.stdout.write(`! ${zh}\n! ${en}\n`);
      }
      if (health.parts.some(({ state }) => state !== 'healthy')) process.exitCode = 1;
    });
}
