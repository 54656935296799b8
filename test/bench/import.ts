/** Ten thousand rows into a register, one in a hundred bad, against a bare loop of inserts in the same database; and out again. */
import { createHash } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { connect, type Db } from '../../db/database.ts';
import { migrateToLatest } from '../../db/migrate.ts';
import { listEntries } from '../../db/read/entries.ts';
import { columnsOf } from '../../exchange/columns.ts';
import { importTable } from '../../exchange/import.ts';
import { loadRegistersText } from '../../packs/registers/load.ts';
import { startPostgres } from '../../scripts/stack/postgres.ts';
import { readTable } from '../../sheets/read/read.ts';
import { writeXlsx } from '../../sheets/write/xlsx.ts';
import { testVault } from '../support/vault.ts';

const ROWS = 10_000;
const def = loadRegistersText(
  `
id: company
version: 1.0.0
registers:
  customers:
    zh: 客户
    en: customers
    clause: '1'
    key: code
    prefix: KH
    search: [name, telephone]
    write: { s3-cs19: [customerService] }
    fields:
      - { name: code, type: id, required: true, zh: 编号, en: code }
      - { name: name, type: text, required: true, zh: 名称, en: name }
      - { name: telephone, type: text, zh: 电话, en: telephone }
      - { name: since, type: date, zh: 建档日期, en: since }
`,
  'the bench',
).get('customers')!;

const row = (i: number): string => `K${i},海天门窗第${i}分公司,0531-${80_000_000 + i},${i % 100 === 50 ? '昨天' : '2026-03-09'}`;
const file = Buffer.from(`编号,名称,电话,建档日期\n${Array.from({ length: ROWS }, (_, i) => row(i)).join('\n')}\n`);

export interface ImportFigures {
  readonly importRows: number;
  readonly importRowsPerSecond: number;
  readonly bareRowsPerSecond: number;
  /** Of rows per second. */
  readonly importRatio: number;
  /** Rows not taken less those that are bad: 0. */
  readonly importLost: number;
  /** Highest resident memory above that before the file was read, MiB. */
  readonly importMiB: number;
  readonly sameAgainSeconds: number;
  readonly exportSeconds: number;
}

export async function benchImport(say: (line: string) => void): Promise<ImportFigures> {
  const dir = await mkdtemp(join(tmpdir(), 'redress-bench-'));
  await chmod(dir, 0o755); // PostgreSQL runs as somebody else when this process is root
  const postgres = await startPostgres({ dir: join(dir, 'postgres'), durable: false });
  await migrateToLatest(postgres.url);
  const db = connect({ url: postgres.url, vault: testVault });
  try {
    say(`${ROWS} bare inserts …`);
    const bareRowsPerSecond = ROWS / (await seconds(() => bareLoop(postgres.url)));
    say(`${ROWS} rows into a register …`);
    const measured = await measure(db);
    return { ...measured, bareRowsPerSecond, importRatio: measured.importRowsPerSecond / bareRowsPerSecond };
  } finally {
    await db.destroy();
    await postgres.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

async function measure(db: Db) {
  const fileHash = createHash('sha256').update(file).digest('hex');
  const before = process.memoryUsage.rss();
  let most = before;
  const onStep = (): void => void (most = Math.max(most, process.memoryUsage.rss()));
  const run = async () =>
    importTable(db, { def, table: await readTable(file), fileHash, person: 'clerk', at: Date.now(), dryRun: false, onStep });
  let lost = 0;
  const took = await seconds(async () => {
    const result = await run();
    lost = result.bad - ROWS / 100 + (ROWS - ROWS / 100 - result.new);
  });
  const sameAgainSeconds = await seconds(run);
  const exportSeconds = await seconds(async () => {
    for await (const _ of writeXlsx('表', columnsOf(def), everyEntry(db))) onStep();
  });
  return {
    importRows: ROWS,
    importRowsPerSecond: ROWS / took,
    importLost: lost,
    importMiB: (most - before) / 1024 / 1024,
    sameAgainSeconds,
    exportSeconds,
  };
}

async function* everyEntry(db: Db) {
  const columns = columnsOf(def);
  for (let after: string | null = ''; after !== null;) {
    const page: Awaited<ReturnType<typeof listEntries>> = await listEntries(db, def, { filter: {}, after, limit: 500 });
    for (const entry of page.items) yield columns.map(({ of }) => of(entry));
    ({ after } = page);
  }
}

/** One row, one statement, one after the other: the least that anybody can do who loads rows one by one. */
async function bareLoop(url: string): Promise<void> {
  const owner = connect({ url, as: 'owner', poolSize: 1, vault: testVault });
  await sql`create table bare_row (id text primary key, body jsonb not null)`.execute(owner);
  for (let i = 0; i < ROWS; i += 1)
    await sql`insert into bare_row values (${`K${i}`}, ${JSON.stringify({ row: row(i) })}::jsonb)`.execute(owner);
  await owner.destroy();
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1_000;
}
