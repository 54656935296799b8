import type { Command } from 'commander';
import { registerApproval } from '../pack/approval.ts';

interface Json {
  readonly json: boolean;
}

/** `redress pack list | describe | check`: the procedures as data. */
export function register(program: Command): void {
  const pack = program.command('pack').description('show and check packs: procedures as data; propose, approve and withdraw them');
  registerApproval(pack);
  pack.command('list').description('list the shipped packs').option('--json', 'as one line of JSON', false).action(list);
  pack
    .command('describe')
    .argument('<pack>', 'id of a shipped pack, or a pack.yaml')
    .description('show roles, kinds, steps with forms, limits, ladders, tiers and switches of a pack')
    .option('--json', 'as one line of JSON', false)
    .action(describe);
  pack
    .command('check')
    .argument('[packs...]', 'ids of shipped packs or pack.yaml files; all shipped packs without')
    .description('check packs and their calendars; exit code 1 if any is wrong')
    .option('--json', 'as one line of JSON', false)
    .action(check);
}

async function list({ json }: Json): Promise<void> {
  const { listPacks, loadPack } = await import('../../packs/load.ts');
  const packs = listPacks()
    .map(loadPack)
    .map(({ id, version, hash, title, source }) => ({ id, version, hash, title, source }));
  if (json) return say(JSON.stringify(packs));
  for (const { id, version, hash, title } of packs)
    say(`${id.padEnd(14)} ${version.padEnd(8)} ${hash.slice(0, 12)}  ${title.zh} / ${title.en}`);
}

async function describe(name: string, { json }: Json): Promise<void> {
  const [{ describePack }, { describeText }] = await Promise.all([
    import('../../packs/describe.ts'),
    import('../../packs/describe-text.ts'),
  ]);
  const description = describePack(await open(name));
  say(json ? JSON.stringify(description) : describeText(description));
}

async function check(names: string[], { json }: Json): Promise<void> {
  const [{ listPacks, loadCalendar }, { PackError, sayProblem }] = await Promise.all([
    import('../../packs/load.ts'),
    import('../../packs/problem.ts'),
  ]);
  const results = [];
  for (const name of names.length > 0 ? names : listPacks()) {
    try {
      const pack = await open(name);
      loadCalendar(pack.calendarId);
      results.push({ pack: name, ok: true, version: pack.version, hash: pack.hash, problems: [] });
    } catch (error) {
      if (!(error instanceof PackError)) throw error;
      results.push({ pack: name, ok: false, version: null, hash: null, problems: error.problems });
    }
  }
  if (results.some(({ ok }) => !ok)) process.exitCode = 1;
  if (json) return say(JSON.stringify(results));
  for (const { pack, ok, version, problems } of results) {
    say(ok ? `${pack} ${version}: in order` : `${pack}: ${problems.length} problem(s)`);
    for (const problem of problems) say(`  ${sayProblem(problem)}`);
  }
}

async function open(name: string) {
  const { loadPack, loadPackFile } = await import('../../packs/load.ts');
  return /\.ya?ml$/.test(name) ? loadPackFile(name) : loadPack(name);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
