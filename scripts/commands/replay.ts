import type { Command } from 'commander';

/** `redress replay`: the determinism gate over kept histories and, before a deploy, over every open case. */
export function register(program: Command): void {
  program
    .command('replay')
    .argument('[histories...]', 'history files (JSON); default: the kept ones')
    .description('replay histories by this code; exit code 1 when one would break')
    .option('--live', 'every open case of the configured Temporal server instead', false)
    .option('--json', 'one line of JSON per history', false)
    .action(async (files: string[], { live, json }: { live: boolean; json: boolean }) => {
      const { replayFiles, replayOpenCases } = await import('../../test/histories/replay.ts');
      let broken = 0;
      for await (const { name, error } of live ? replayOpenCases() : replayFiles(files)) {
        if (error !== undefined) broken += 1;
        if (json) console.log(JSON.stringify({ name, error }));
        else console.log(error === undefined ? `✓ ${name}` : `✗ ${name}: ${error}`);
      }
      if (!json) console.log(broken === 0 ? 'All histories replay.' : `${broken} histories do not replay: do not deploy this code.`);
      process.exitCode = broken === 0 ? 0 : 1;
    });
}
