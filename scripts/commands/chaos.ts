import { InvalidArgumentError, type Command } from 'commander';

const whole = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
};

/** `redress chaos`: real processes killed under load; exit code 0 only when nothing was lost. */
export function register(program: Command): void {
  program
    .command('chaos')
    .description('kill worker, API, PostgreSQL and Temporal of a fleet of its own while people work, then check that nothing is lost')
    .option('--kills <n>', 'how many kills', whole, 12)
    .option('--cases <n>', 'how many cases', whole, 60)
    .option('--seed <n>', 'the same seed kills the same parts in the same order', whole, Date.now() % 1_000_000)
    .option('--json', 'the findings as JSON', false)
    .action(async ({ json, ...campaign }: { kills: number; cases: number; seed: number; json: boolean }) => {
      const { runCampaign } = await import('../../test/chaos/campaign.ts');
      const found = await runCampaign(campaign, (line) => process.stderr.write(`seed ${campaign.seed}, ${line}\n`));
      console.log(JSON.stringify({ seed: campaign.seed, ...found }, null, json ? 0 : 2));
      const { lost, doubled, deadlinesWrong, differences, unsettled } = found;
      process.exitCode = lost.length + doubled.length + deadlinesWrong.length + differences.length + unsettled === 0 ? 0 : 1;
    });
}
