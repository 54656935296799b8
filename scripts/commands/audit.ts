import type { Command } from 'commander';

interface Options {
  readonly case?: string;
  readonly history: boolean;
  readonly json: boolean;
}

/** `redress audit verify`: every case's hash chain, recomputed. Exit code 0 only when all verify. */
export function register(program: Command): void {
  program
    .command('audit')
    .description('verify the tamper-evident record')
    .command('verify')
    .description('recompute hash chains from the stored events, check their order, their heads and the documents they name')
    .option('--case <number>', 'this case only')
    .option('--no-history', 'do not ask the engine: what a rewritten chain or a cut tail hides behind a changed head is not found')
    .option('--json', 'one line of JSON per finding', false)
    .action(run);
}

async function run({ case: only, history, json }: Options): Promise<void> {
  const [{ config }, { reach }, { connect }, { connectClient }, { storedCases }, { auditCase }] = await Promise.all([
    import('../../temporal.config.ts'),
    import('../stack/reach.ts'),
    import('../../db/database.ts'),
    import('../../runtime/client.ts'),
    import('../../reconcile/cases.ts'),
    import('../../reconcile/audit.ts'),
  ]);
  const { databaseUrl, temporal } = await reach(config);
  const db = connect({ url: databaseUrl });
  const client = history ? await connectClient({ temporal }) : undefined;
  const say = (line: object, text: string): void => void process.stdout.write(`${json ? JSON.stringify(line) : text}\n`);
  const total = { cases: 0, events: 0, faults: 0 };
  try {
    for (const number of only === undefined ? await storedCases(db) : [only]) {
      const { events, faults } = await auditCase(db, number, client);
      total.cases += 1;
      total.events += events;
      total.faults += faults.length;
      for (const { seq, fault } of faults) say({ case: number, seq, fault }, `${number}  event ${seq}  ${fault}`);
    }
    const verified = total.faults === 0;
    say(
      { ...total, verified },
      `${total.cases} cases, ${total.events} events, ${total.faults} faults: the record ${verified ? 'verifies' : 'does NOT verify'}`,
    );
    process.exitCode = verified ? 0 : 1;
  } finally {
    await client?.connection.close();
    await db.destroy();
  }
}
