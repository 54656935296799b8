import type { Command } from 'commander';
import type { CaseReport } from '../../reconcile/reconcile.ts';
import { readVault } from '../../runtime/vault.ts';

interface Options {
  readonly case?: string;
  readonly all: boolean;
  readonly repair: boolean;
  readonly json: boolean;
}

/** `redress reconcile`: store = history, case by case. Exit code 0 only when equal, after the repair if one was asked for. */
export function register(program: Command): void {
  program
    .command('reconcile')
    .description('compare what the store holds with what the histories tell; --repair inserts what is missing')
    .option('--case <number>', 'this case only')
    .option('--all', 'every case (the default)', false)
    .option('--repair', 'insert missing rows and carry on open requests; nothing is overwritten', false)
    .option('--json', 'one line of JSON per finding', false)
    .action(run);
}

async function run({ case: only, repair, json }: Options): Promise<void> {
  const [{ config }, { reach }, { connect }, { connectClient }, { allCases }, { reconcileAll }, { compareRollups }, { readSealKeys }] =
    await Promise.all([
      import('../../temporal.config.ts'),
      import('../stack/reach.ts'),
      import('../../db/database.ts'),
      import('../../runtime/client.ts'),
      import('../../reconcile/cases.ts'),
      import('../../reconcile/reconcile.ts'),
      import('../../reconcile/rollups.ts'),
      import('../../runtime/seal-key.ts'),
    ]);
  const { databaseUrl, temporal } = await reach(config);
  const client = await connectClient({ ...config, temporal });
  const db = connect({ url: databaseUrl, vault: readVault(config.vault) });
  const { sealKey, formerSealKeys } = readSealKeys(config.deskKeyFile);
  const sealKeys = [sealKey, ...formerSealKeys];
  const say = (line: Line): void => void process.stdout.write(json ? `${JSON.stringify(line)}\n` : `${asText(line)}\n`);
  const counts = { cases: 0, differences: 0, repaired: 0, notes: 0 };
  try {
    const numbers = only === undefined ? await allCases(db, client, config.taskQueue) : [only];
    for await (const report of reconcileAll({ db, engine: { client, taskQueue: config.taskQueue }, sealKeys }, numbers, { repair })) {
      counts.cases += 1;
      counts.differences += report.differences.length;
      counts.repaired += report.repaired.length;
      counts.notes += report.notes.length;
      for (const line of linesOf(report)) say(line);
    }
    const rollups = only === undefined ? await compareRollups(db) : [];
    counts.differences += rollups.length;
    for (const { kind, what } of rollups) say({ difference: kind, what });
    say({ ...counts, equal: counts.differences === 0 });
    process.exitCode = counts.differences === 0 ? 0 : 1;
  } finally {
    await client.connection.close();
    await db.destroy();
  }
}

type Line = Readonly<Record<string, unknown>>;

function linesOf({ number, differences, repaired, notes, failures }: CaseReport): Line[] {
  return [
    ...differences.map(({ kind, ...more }) => ({ case: number, difference: kind, ...more })),
    ...repaired.map(({ kind, ...more }) => ({ case: number, repaired: kind, ...more })),
    ...notes.map(({ kind, ...more }) => ({ case: number, note: kind, ...more })),
    ...failures.map((why) => ({ case: number, failure: why })),
  ];
}

function asText(line: Line): string {
  if ('equal' in line) {
    return `${String(line['cases'])} cases, ${String(line['differences'])} differences, ${String(line['repaired'])} repaired, ${String(line['notes'])} notes: store and histories are ${line['equal'] === true ? 'equal' : 'NOT equal'}`;
  }
  return Object.entries(line)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => (name === 'case' ? String(value) : `${name} ${String(value)}`))
    .join('  ');
}
