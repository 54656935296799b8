import { Option, type Command } from 'commander';
import { readVault } from '../../runtime/vault.ts';

interface Options {
  readonly pack?: string;
  readonly set: string[];
  readonly calendar?: string;
  readonly against?: string;
  readonly from?: string;
  readonly to?: string;
  readonly asOf?: string;
  readonly year?: string;
  readonly lang: 'zh' | 'en';
  readonly cases: boolean;
  readonly json: boolean;
}

/** `redress whatif`: a candidate pack over the recorded cases. Reads only. */
export function register(program: Command): void {
  program
    .command('whatif')
    .description('run a candidate pack over the recorded cases: breaches, escalations, approvals that change hands, KPIs')
    .option('--pack <candidate>', 'a pack.yaml, the id of a pack, or id@version')
    .option('--set <name=value>', 'with this setting; may be repeated: limits.survey.n=2, tiers.estimate.sum=item', collect, [])
    .option('--calendar <file>', 'try a calendar, or a year to add to it, YAML or ICS')
    .option('--against <id>', "over the cases of this pack; the candidate's id without")
    .option('--from <date>', 'cases opened on this day or later: 2026-01-01, Beijing')
    .option('--to <date>', 'cases opened on this day or earlier')
    .option('--as-of <time>', 'the record as it stood then: "2026-06-30 24:00"; now without')
    .option('--year <year>', 'the year TS.M1 is asked for; all opinions without')
    .option('--cases', 'list the numbers of the cases behind each figure', false)
    .addOption(new Option('--lang <lang>', 'language of the text').choices(['zh', 'en']).default('en'))
    .option('--json', 'as one line of JSON, always with the cases', false)
    .action(run);
}

const collect = (value: string, before: string[]): string[] => [...before, value];

async function run(options: Options, command: Command): Promise<void> {
  const { pack: named, set, calendar, against, lang, cases, json } = options;
  const pack = named ?? against;
  if (pack === undefined) command.error('error: --pack <candidate> is needed, or --against <id> with --set');
  const [{ config }, { reach }, { connect }, { candidateOf }, { whatIf }, { whatIfText }] = await Promise.all([
    import('../../temporal.config.ts'),
    import('../stack/reach.ts'),
    import('../../db/database.ts'),
    import('../../whatif/candidate.ts'),
    import('../../whatif/run.ts'),
    import('../../whatif/text.ts'),
  ]);
  const spans = await spansOf(options);
  const from = candidateOf({ pack, set, calendar });
  const { databaseUrl } = await reach(config);
  const db = connect({ url: databaseUrl, poolSize: 2, vault: readVault(config.vault) });
  try {
    const candidate = await from(db);
    const report = await whatIf(db, { candidate, against: against ?? candidate.pack.id, ...spans });
    process.stdout.write(json ? `${JSON.stringify(report)}\n` : `${whatIfText(report, { lang, cases })}\n`);
  } finally {
    await db.destroy();
  }
}

/** Throws a sentence that names the option. */
async function spansOf({ from, to, asOf, year }: Options) {
  const { dayFromDate, endOfDay, parseBeijing, startOfDay } = await import('../../domain/time.ts');
  const read = <T>(option: string, text: string | undefined, parse: (text: string) => T): T | undefined => {
    try {
      return text === undefined ? undefined : parse(text);
    } catch (error) {
      throw new Error(`${option}: ${(error as Error).message}`, { cause: error });
    }
  };
  const now = Date.now();
  const at = read('--as-of', asOf, parseBeijing) ?? now;
  if (at > now) throw new Error(`--as-of: ${asOf} has not come yet; the record can be judged up to now`);
  const period = read('--year', year, (text) => ({
    from: startOfDay(dayFromDate(`${text}-01-01`)),
    until: endOfDay(dayFromDate(`${text}-12-31`)),
  }));
  const span = {
    from: read('--from', from, (text) => startOfDay(dayFromDate(text))),
    until: read('--to', to, (text) => endOfDay(dayFromDate(text))),
  };
  if (span.from !== undefined && span.until !== undefined && span.from >= span.until)
    throw new Error(`--to: ${to} is before --from ${from}`);
  return { ...span, asOf: at, period };
}
