import type { Command } from 'commander';
import type { Db } from '../../db/database.ts';
import type { RegisterDef } from '../../domain/register/definition.ts';
import type { ImportResult } from '../../exchange/import.ts';
import { readVault } from '../../runtime/vault.ts';

interface ImportOptions {
  readonly as: string;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly report?: string;
  readonly sheet?: string;
}

/** `redress register import|export|reindex`: the entries of a register from and to CSV or XLSX, and their index. */
export function register(program: Command): void {
  const command = program.command('register').description('the entries of a register from and to CSV or XLSX');
  command
    .command('import')
    .argument('<register>', 'its id, such as customers')
    .argument('<file>', 'CSV or XLSX; headings in Chinese or English, or the names of the fields')
    .description('enter every good row and name every other; run again, it doubles nothing and goes on where it was broken off')
    .requiredOption('--as <person>', 'who enters it: a person who may write in this register')
    .option('--dry-run', 'say what every row would become, and write nothing', false)
    .option('--report <csv>', 'write the rows that were not taken, with what is wrong, to a file')
    .option('--sheet <name>', 'which sheet, where there are several')
    .option('--json', 'the result as one line of JSON', false)
    .action(runImport);
  command
    .command('export')
    .argument('<register>', 'its id')
    .argument('<file>', 'where to; .csv or .xlsx')
    .description('write the entries to a file that the import takes back')
    .requiredOption('--as <person>', 'who reads it; it is noted')
    .action(runExport);
  command
    .command('reindex')
    .argument('[register]', 'its id; default: every one')
    .description('put entries into the index anew where the definition has changed since; broken off, it goes on where it was')
    .action(runReindex);
}

async function runReindex(id: string | undefined): Promise<void> {
  const [{ loadRegisters }, { reindexRegister }] = await Promise.all([
    import('../../packs/registers/load.ts'),
    import('../../db/reindex.ts'),
  ]);
  const all = loadRegisters();
  if (id !== undefined && !all.has(id)) throw new Error(`there is no register "${id}"; there is: ${[...all.keys()].join(', ')}`);
  const db = await open();
  try {
    for (const def of [...all.values()].filter((one) => id === undefined || one.id === id)) {
      const done = await reindexRegister(db, def);
      if (done === undefined) continue;
      const taken = done.taken.length === 0 ? '' : `; a key of these is another entry's: ${done.taken.join(', ')}`;
      process.stdout.write(`${done.register}: ${done.entries} entries indexed anew${taken}\n`);
    }
  } finally {
    await db.destroy();
  }
}

async function runImport(id: string, file: string, options: ImportOptions): Promise<void> {
  const [{ createHash }, { readFile, writeFile }, { importTable }, { reportCsv }, { readTable }, { TableProblem }, { mayWrite }] =
    await Promise.all([
      import('node:crypto'),
      import('node:fs/promises'),
      import('../../exchange/import.ts'),
      import('../../exchange/report.ts'),
      import('../../sheets/read/read.ts'),
      import('../../sheets/table.ts'),
      import('../../domain/register/access.ts'),
    ]);
  const { as: person, dryRun, json, report, sheet } = options;
  await atRegister(id, person, async (db, def, packs) => {
    if (!mayWrite(packs, def)) throw new Error(`${person} has no role that may write in ${id}.`);
    const bytes = await readFile(file);
    try {
      const table = await readTable(bytes, { sheet });
      const fileHash = createHash('sha256').update(bytes).digest('hex');
      const result = await importTable(db, { def, table, fileHash, person, at: Date.now(), dryRun, ...(json ? {} : { onStep }) });
      if (report !== undefined) {
        let text = '';
        for await (const line of reportCsv(table, result.faults, 'zh')) text += line;
        await writeFile(report, text);
      }
      process.stdout.write(json ? `${JSON.stringify(result)}\n` : await sayResult(result));
      process.exitCode = result.bad === 0 ? 0 : 1;
    } catch (error) {
      if (error instanceof TableProblem) throw new Error(`${file}: ${error.message}`, { cause: error });
      throw error;
    }
  });
}

async function sayResult(result: ImportResult): Promise<string> {
  const { sayFault } = await import('../../exchange/report.ts');
  const bad = result.faults.flatMap(({ line, faults }) => faults.map((fault) => `row ${line}, ${sayFault(fault, 'en')}`));
  const unknown = result.unknownColumns.map((name) => `note: the column "${name}" is none of the register; nothing was taken from it`);
  const { kind, rows, changed, same, dryRun } = result;
  const sum = `${kind}: ${rows} rows; ${result.new} new, ${changed} changed, ${same} the same, ${result.bad} not taken`;
  return [...unknown, ...bad, sum, ...(dryRun ? ['dry run: nothing was written'] : []), ''].join('\n');
}

async function runExport(id: string, file: string, { as: person }: { as: string }): Promise<void> {
  const [{ createWriteStream }, { Readable }, { pipeline }, { columnsOf }, { listEntries }, { note }, { writeCsv }, { writeXlsx }, access] =
    await Promise.all([
      import('node:fs'),
      import('node:stream'),
      import('node:stream/promises'),
      import('../../exchange/columns.ts'),
      import('../../db/read/entries.ts'),
      import('../../db/journal.ts'),
      import('../../sheets/write/csv.ts'),
      import('../../sheets/write/xlsx.ts'),
      import('../../domain/register/access.ts'),
    ]);
  const kind = /\.(csv|xlsx)$/i.exec(file)?.[1]?.toLowerCase();
  if (kind === undefined) throw new Error(`${file}: the name must end in .csv or .xlsx`);
  await atRegister(id, person, async (db, def, packs) => {
    if (!access.mayRead(packs, def)) throw new Error(`${person} has no role that may read ${id}.`);
    await note(db, { kind: 'read', at: Date.now(), person, what: { register: id, export: kind } });
    const columns = columnsOf(def);
    const rows = async function* () {
      for (let after: string | null = ''; after !== null;) {
        const page: Awaited<ReturnType<typeof listEntries>> = await listEntries(db, def, { filter: {}, after, limit: 500 });
        for (const entry of page.items) yield columns.map(({ of }) => of(entry));
        ({ after } = page);
      }
    };
    const out = kind === 'csv' ? Readable.from(writeCsv(columns, rows())) : writeXlsx(def.zh.slice(0, 31), columns, rows());
    await pipeline(out, createWriteStream(file));
  });
}

const onStep = (done: number, all: number): void => void (done % 2_000 === 0 && process.stderr.write(`${done} of ${all} rows\n`));

async function atRegister(
  id: string,
  person: string,
  work: (db: Db, def: RegisterDef, packs: Readonly<Record<string, readonly string[]>>) => Promise<void>,
): Promise<void> {
  const [{ loadRegisters }, { identityOf }] = await Promise.all([
    import('../../packs/registers/load.ts'),
    import('../../db/read/identity.ts'),
  ]);
  const registers = loadRegisters();
  const def = registers.get(id);
  if (def === undefined) throw new Error(`there is no register "${id}"; there is: ${[...registers.keys()].join(', ')}`);
  const db = await open();
  try {
    const who = await identityOf(db, person, Date.now());
    if (who === undefined) throw new Error(`nobody is called ${person}.`);
    await work(db, def, who.inFamilies);
  } finally {
    await db.destroy();
  }
}

async function open(): Promise<Db> {
  const [{ config }, { reach }, { connect }] = await Promise.all([
    import('../../temporal.config.ts'),
    import('../stack/reach.ts'),
    import('../../db/database.ts'),
  ]);
  return connect({ url: (await reach(config)).databaseUrl, poolSize: 4, vault: readVault(config.vault) });
}
