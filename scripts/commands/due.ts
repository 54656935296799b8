import { Option, type Command } from 'commander';

interface Options {
  readonly pack?: string;
  readonly limit?: string;
  readonly from?: string;
  readonly batch?: string;
  readonly calendar?: string;
  readonly lang: 'zh' | 'en';
  readonly json: boolean;
}

/** `redress due`: a deadline and its why, or one for each row of a CSV file. */
export function register(program: Command): void {
  program
    .command('due')
    .description('show when a limit is due, and which days counted')
    .option('--pack <pack>', 'the pack that has the limit: the id of a shipped one, or a file')
    .option('--limit <name>', 'the limit, as `redress pack describe` lists it')
    .option('--from <time>', 'when it starts, Beijing time: "2026-09-30 11:00:00"')
    .option(
      '--batch <csv>',
      'a file with the columns id,pack,limit,from instead; each row is answered, bad ones with their error, and the exit code is 0',
    )
    .option('--calendar <file>', 'try a calendar, or a year to add to it, YAML or ICS')
    .addOption(new Option('--lang <lang>', 'language of the explanation').choices(['zh', 'en']).default('en'))
    .option('--json', 'as one line of JSON', false)
    .action(async (options: Options, command: Command) => {
      const text = options.batch === undefined ? await single(options, command) : await batch(options.batch, options, command);
      process.stdout.write(`${text}\n`);
    });
}

async function single({ pack, limit, from, calendar, lang, json }: Options, command: Command): Promise<string> {
  if (pack === undefined || limit === undefined || from === undefined)
    command.error('error: --pack, --limit and --from are needed, or --batch <csv>');
  const [{ askDeadline }, { explain }, { formatDue, isoBeijing }] = await Promise.all([
    import('../../packs/due.ts'),
    import('../../domain/explain.ts'),
    import('../../domain/time.ts'),
  ]);
  const asked = askDeadline(pack, limit, from, calendar === undefined ? {} : { calendar });
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
    ...(asked.opensAt === undefined ? {} : { opensAt: isoBeijing(asked.opensAt) }),
    calendar: { id: asked.calendar.id, version: asked.calendar.version },
    why: asked.why,
    lines,
  });
}

async function batch(file: string, { pack, limit, from, calendar, lang, json }: Options, command: Command): Promise<string> {
  if (pack !== undefined || limit !== undefined || from !== undefined)
    command.error('error: --batch takes pack, limit and from out of its file');
  const [{ dueRows }, { readRows }] = await Promise.all([import('../../packs/due.ts'), import('../due-rows.ts')]);
  const answers = dueRows(await readRows(file), { lang, ...(calendar === undefined ? {} : { calendar }) });
  if (json) return JSON.stringify(answers);
  return answers.map((row) => `${row.id}  ${row.error ?? `${row.dueAt}${row.provisional ? ' provisional' : ''}`}`).join('\n');
}
