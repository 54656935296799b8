import { InvalidArgumentError, type Command } from 'commander';
import type { Prepared } from '../../import/prepare.ts';
import type { RunReport } from '../../import/run/report.ts';
import { readVault } from '../../runtime/vault.ts';

interface Options {
  readonly mapping: string;
  readonly dryRun: boolean;
  readonly shiftWeeks?: number;
  readonly limit?: number;
  readonly inFlight: number;
  readonly json: boolean;
}

/** `redress import`: an old register as cases. Exit code 0 when every row has become part of a case, else 1; 130 when stopped. */
export function register(program: Command): void {
  program
    .command('import')
    .argument('<file>', 'the register: CSV or XLSX')
    .description('tell the cases of an old register with their original times; run again, it doubles nothing')
    .requiredOption('--mapping <yaml>', 'what the columns mean: a file, or the name of a shipped mapping (incident-log, nyc311)')
    .option('--dry-run', 'read and check everything, send nothing', false)
    .option('--shift-weeks <n>', 'move all times by whole weeks, instead of what the mapping says', whole(-5200, 5200))
    .option('--limit <n>', 'only the first so many cases', whole(1, 1_000_000))
    .option('--in-flight <n>', 'cases told at once', whole(1, 64), 8)
    .option('--json', 'the report as one line of JSON', false)
    .action(run);
}

async function run(file: string, options: Options): Promise<void> {
  const [{ config }, { prepare }, { reportOf, sayPlan, sayRun }, { readSealKeys }] = await Promise.all([
    import('../../temporal.config.ts'),
    import('../../import/prepare.ts'),
    import('../../import/run/report.ts'),
    import('../../runtime/seal-key.ts'),
  ]);
  const { json, dryRun } = options;
  const prepared = await prepare(file, options, dryRun ? Buffer.alloc(32) : readSealKeys(config.deskKeyFile).sealKey);
  const report = reportOf(file, prepared.plan);
  if (!json) process.stdout.write(`${sayPlan(report)}\n`);
  if (dryRun) {
    process.stdout.write(json ? `${JSON.stringify(report)}\n` : 'dry run: nothing was sent\n');
    process.exitCode = report.problems.length === 0 ? 0 : 1;
    return;
  }
  const carried = await send(prepared, options);
  process.stdout.write(json ? `${JSON.stringify({ ...report, run: carried })}\n` : `${sayRun(carried)}\n`);
  const whole = report.problems.length === 0 && carried.refused.length === 0;
  process.exitCode = carried.stopped === 'interrupted' ? 130 : whole && carried.left === 0 ? 0 : 1;
}

async function send({ plan, pack }: Prepared, { inFlight }: Options): Promise<RunReport> {
  const [
    { config },
    { reach },
    { connect },
    { connectClient },
    { ruleBook },
    { readSealKeys },
    { createDesk },
    { carryOut },
    { progressOn },
  ] = await Promise.all([
    import('../../temporal.config.ts'),
    import('../stack/reach.ts'),
    import('../../db/database.ts'),
    import('../../runtime/client.ts'),
    import('../../runtime/packs.ts'),
    import('../../runtime/seal-key.ts'),
    import('../../desk/index.ts'),
    import('../../import/run/carry-out.ts'),
    import('../../import/run/progress.ts'),
  ]);
  const { databaseUrl, temporal } = await reach(config);
  const client = await connectClient({ ...config, temporal });
  const db = connect({ url: databaseUrl, poolSize: inFlight + 2, vault: readVault(config.vault) });
  const progress = progressOn(process.stderr);
  const stopping = new AbortController();
  const stop = (): void => stopping.abort(new Error('interrupted'));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const rules = ruleBook(db);
    const active = (await rules.active(pack.id, Date.now())).pack;
    if (active.hash !== pack.hash)
      throw new Error(
        `The mapping was read against the shipped ${pack.id} ${pack.version}, but ${active.version} is in force: approve the one or withdraw the other.`,
      );
    const desk = createDesk({
      db,
      engine: { client, taskQueue: config.taskQueue },
      rules,
      ...readSealKeys(config.deskKeyFile),
      messageCap: config.messageCap,
      links: `${config.publicUrl}/api/cases/`,
    });
    return await carryOut(plan, db, { desk, pack, inFlight, signal: stopping.signal, onProgress: progress.step });
  } finally {
    progress.end();
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await client.connection.close();
    await db.destroy();
  }
}

function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(`must be a whole number from ${least} to ${most}.`);
    return value;
  };
}
