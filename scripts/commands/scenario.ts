import { Option, type Command } from 'commander';
import type { Lang } from '../../domain/explain.ts';

interface Options {
  readonly json: boolean;
  readonly lang: Lang;
  readonly brief: boolean;
  readonly schema: boolean;
}

/** `redress scenario <files…>`: the lab. Exit code 0 only if every expectation held. */
export function register(program: Command): void {
  program
    .command('scenario')
    .argument('[files...]', 'scenario files (YAML)')
    .description('play stories on the real procedures, at any date, and say whether what they expect held')
    .option('--json', 'the report as one line of JSON', false)
    .option('--brief', 'only what did not hold', false)
    .option('--schema', 'print the JSON schema of a scenario file', false)
    .addOption(new Option('--lang <lang>', 'language of the report').choices(['zh', 'en']).default('en'))
    .action(run);
}

async function run(files: string[], { json, lang, brief, schema }: Options): Promise<void> {
  if (schema) {
    const { jsonSchemaText } = await import('../../lab/file/json-schema.ts');
    return void process.stdout.write(jsonSchemaText());
  }
  const [{ readAll }, { runStories }, { storyText, summaryText }, { runJson }] = await Promise.all([
    import('../../lab/file/read-all.ts'),
    import('../../lab/run.ts'),
    import('../../lab/report/text.ts'),
    import('../../lab/report/json.ts'),
  ]);
  const stories = readAll(files);
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort(new Error('Stopped before the end.')));
  // Whoever reads the report may leave before its end (a pager, `head`).
  process.stdout.once('error', () => stopping.abort(new Error('Nobody reads the report any more.')));
  const played = await runStories(stories, {
    signal: stopping.signal,
    onPlayed: (one) => void (json || process.stdout.write(`${storyText(one, { lang, brief })}\n`)),
  });
  process.stdout.write(json ? `${JSON.stringify(runJson(played))}\n` : `${summaryText(played, lang)}\n`);
  if (!played.every((one) => one.held)) process.exitCode = 1;
}
