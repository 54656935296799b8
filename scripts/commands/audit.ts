import type { Command } from 'commander';
import { readVault } from '../../runtime/vault.ts';

interface Options {
  readonly case?: string;
  readonly history: boolean;
  readonly checkpoints?: string;
  readonly publicKey?: string;
  readonly json: boolean;
}

/** `redress audit verify`: every chain, recomputed and held against history and checkpoints. Exit code 0 only when all verify. */
export function register(program: Command): void {
  const audit = program.command('audit').description('verify the tamper-evident record');
  audit
    .command('verify')
    .description('recompute every hash chain of the record, check what the chains hold, the ledger, and the signed checkpoints')
    .option('--case <number>', 'this case only, without what stands beside the cases and checkpoints')
    .option('--no-history', 'do not ask the engine: what a rewritten chain or a cut tail hides since the last checkpoint is not found')
    .option('--checkpoints <folder>', 'where the signed checkpoints are, if not where this installation writes them')
    .option('--public-key <file>', "the key that must have signed them, in PEM; default: the public half of this installation's own")
    .option('--json', 'one line of JSON per finding', false)
    .action(verify);
  audit
    .command('gbt27922')
    .description('GB/T 27922: how often the record proves each of the 24 indicators in a period')
    .requiredOption('--from <time>', 'beginning of the period, inside: "2026-01-01 00:00"')
    .requiredOption('--to <time>', 'end of the period, outside: "2026-12-31 24:00"')
    .option('--json', 'as one line of JSON', false)
    .action(indicators);
  audit.command('checkpoint').description('sign where every chain ends now; the worker does so every hour').action(checkpoint);
}

async function checkpoint(): Promise<void> {
  const [{ config }, { reach }, { connect }, { takeCheckpoint }, { readCheckpointKey }] = await Promise.all([
    import('../../temporal.config.ts'),
    import('../stack/reach.ts'),
    import('../../db/database.ts'),
    import('../../runtime/checkpoint/take.ts'),
    import('../../runtime/checkpoint/key.ts'),
  ]);
  const { folder, keyFile } = config.checkpoints;
  const db = connect({ url: (await reach(config)).databaseUrl, vault: readVault(config.vault) });
  try {
    const taken = await takeCheckpoint({ db, folder, key: readCheckpointKey(keyFile) }, Date.now());
    process.stdout.write(
      taken === undefined
        ? `nothing has been recorded since the last checkpoint in ${folder}\n`
        : `checkpoint ${taken.number}: ${taken.chains} chains, ${taken.moved.length} of them moved, root ${taken.root}, in ${folder}\n`,
    );
  } finally {
    await db.destroy();
  }
}

async function verify(options: Options): Promise<void> {
  const [{ config }, { reach }, { connect }, { connectClient }, { auditAll }] = await Promise.all([
    import('../../temporal.config.ts'),
    import('../stack/reach.ts'),
    import('../../db/database.ts'),
    import('../../runtime/client.ts'),
    import('../../reconcile/audit-all.ts'),
  ]);
  const { databaseUrl, temporal } = await reach(config);
  const client = options.history ? await connectClient({ ...config, temporal }) : undefined;
  const db = connect({ url: databaseUrl, vault: readVault(config.vault) });
  const say = (line: object, text: string): void => void process.stdout.write(`${options.json ? JSON.stringify(line) : text}\n`);
  try {
    const folder = options.checkpoints ?? config.checkpoints.folder;
    const publicKeyFile = options.publicKey ?? config.checkpoints.keyFile;
    const total = await auditAll({ db, client, folder, publicKeyFile, only: options.case }, say);
    const verified = total.faults === 0;
    say(
      { ...total, verified },
      `${total.cases} cases, ${total.events} events, ${total.journal} entries of journals, ${total.versions} versions of entries, ${total.rows} rows with proofs, ${total.ledger} entries of the ledger, ${total.checkpoints} checkpoints, ${total.faults} faults: the record ${verified ? 'verifies' : 'does NOT verify'}`,
    );
    process.exitCode = verified ? 0 : 1;
  } finally {
    await client?.connection.close();
    await db.destroy();
  }
}

async function indicators({ from, to, json }: { readonly from: string; readonly to: string; readonly json: boolean }): Promise<void> {
  const [{ config }, { reach }, { connect }, { evidenceFor }, { loadChecklist }, { parseBeijing }] = await Promise.all([
    import('../../temporal.config.ts'),
    import('../stack/reach.ts'),
    import('../../db/database.ts'),
    import('../../db/read/audit-evidence.ts'),
    import('../../packs/audit/load.ts'),
    import('../../domain/time.ts'),
  ]);
  const period = { from: parseBeijing(from), to: parseBeijing(to) };
  if (period.from >= period.to) throw new Error('--to must be later than --from');
  const list = loadChecklist();
  const db = connect({ url: (await reach(config)).databaseUrl, vault: readVault(config.vault) });
  try {
    const counts = await evidenceFor(db, list, period);
    const rows = list.indicators.map(({ id, zh, en, points }) => ({ indicator: id, zh, en, points, evidence: counts[id] ?? 0 }));
    const lines = rows.map((row) => `${row.indicator.padEnd(7)} ${String(row.evidence).padStart(7)}  ${row.zh}  ${row.en}`);
    process.stdout.write(json ? `${JSON.stringify({ from, to, rows })}\n` : `${lines.join('\n')}\n`);
  } finally {
    await db.destroy();
  }
}
