import { Option, type Command } from 'commander';

interface Options {
  readonly pack?: string;
  readonly limit?: string;
  readonly from?: string;
  readonly batch?: string;
  readonly lang: 'zh' | 'en';
  readonly json: boolean;
}

/** `redress due`: a deadline and its why, or one for each row of a CSV file. */
export function register(program: Command): void {
  program
    .command('due')
    .description('show when a limit is due, and which days counted')
    .option('--pack <id>', 'the pack that has the limit')
    .option('--limit <name>', 'the limit, as `redress pack describe` lists it')
    .option('--from <time>', 'when it starts, Beijing time: "2026-09-30 11:00:00"')
    .option('--batch <csv>', 'a file with the columns id,pack,limit,from instead; each row is answered, bad ones with their error')
    .addOption(new Option('--lang <lang>', 'language of the explanation').choices(['zh', 'en']).default('en'))
    .option('--json', 'as one line of JSON', false)
    .action(async (options: Options, command: Command) => {
      const text = options.batch === undefined ? await single(options, command) : await batch(options.batch, options, command);
      process.stdout.write(`${text}\n`);
    });
}

async function single({ pack, limit, from, lang, json }: Options, command: Command): Promise<string> {
  if (pack === undefined || limit === undefined || from === undefined)
    command.error('error: --pack, --limit and --from are needed, or --batch <csv>');
  const [{ deadlines }, { explain }, { formatDue, isoBeijing }] = await Promise.all([
    import('../../packs/due.ts'),
    import('../../domain/explain.ts'),
    import('../../domain/time.ts'),
  ]);
  const asked = deadlines()(pack, limit, from);
  const lines = explain(asked.pack.limitLabels[asked.limit.name]![lang], asked.from, asked, lang);
  if (!json) return lines.join('\n');
  return JSON.stringify({
    pack,
    version: asked.pack.version,
    limit,
    from: isoBeijing(asked.from),
    dueAt: formatDue(asked.dueAt),
    dueInstant: isoBeijing(asked.dueAt),
    provisional: asked.provisional,
    why: asked.why,
    lines,
  });
}

const COLUMNS = ['id', 'pack', 'limit', 'from'];

async function batch(file: string, { pack, limit, from, json }: Options, command: Command): Promise<string> {
  if (pack !== undefined || limit !== undefined || from !== undefined)
    command.error('error: --batch takes pack, limit and from out of its file');
  const [{ dueRows }, rows] = await Promise.all([import('../../packs/due.ts'), readRows(file)]);
  const answers = dueRows(rows);
  if (json) return JSON.stringify(answers);
  return answers.map((row) => `${row.id}  ${row.error ?? `${row.dueAt}${row.provisional ? ' provisional' : ''}`}`).join('\n');
}

/** Rows of the file by column. Throws a plain sentence with the file's name when it cannot be read as such. */
async function readRows(file: string): Promise<Record<string, string>[]> {
  const [{ parse }, { readFile }] = await Promise.all([import('csv-parse/sync'), import('node:fs/promises')]);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`${file}: ${error.code === 'ENOENT' ? 'there is no such file' : `cannot be read (${error.message})`}`);
  });
  const columns = (header: string[]): string[] => {
    const missing = COLUMNS.filter((column) => !header.includes(column));
    if (missing.length > 0) throw new Error(`the first line lacks ${missing.join(', ')}; it must name ${COLUMNS.join(',')}`);
    return header;
  };
  try {
    return parse(text, { bom: true, trim: true, skip_empty_lines: true, relax_column_count: true, columns }) as Record<string, string>[];
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}
