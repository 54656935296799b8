import type { Command } from 'commander';
import { registerApproval } from '../pack/approval.ts';

interface Json {
  readonly json: boolean;
}

/** `redress pack list | describe | check | diff`: the procedures as data. */
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
    .description('check packs, their calendars and what their procedures need of them; exit code 1 if any is wrong')
    .option('--json', 'as one line of JSON', false)
    .action(check);
  pack
    .command('diff')
    .argument('<from>', 'id of a shipped pack, id@version, or a pack.yaml')
    .argument('<to>', 'the pack to compare it with')
    .description('show what two packs say differently: path, old and new value; money in yuan')
    .option('--json', 'as one line of JSON', false)
    .action(diff);
}

async function list({ json }: Json): Promise<void> {
  const { listPacks, loadPack } = await import('../../packs/load.ts');
  const packs = listPacks()
    .map(loadPack)
    .map(({ id, version, hash, title, source, default: byDefault = false }) => ({ id, version, hash, title, source, default: byDefault }));
  if (json) return say(JSON.stringify(packs));
  for (const { id, version, hash, title, default: byDefault } of packs)
    say(`${id.padEnd(14)} ${version.padEnd(8)} ${hash.slice(0, 12)}  ${title.zh} / ${title.en}${byDefault ? ' (默认 / default)' : ''}`);
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
  const { sayProblem } = await import('../../packs/problem.ts');
  const [{ checkPack, checkDefault }, { listPacks }] = await Promise.all([import('../../packs/check.ts'), import('../../packs/load.ts')]);
  const results = (names.length > 0 ? names : listPacks()).map(checkPack);
  const shipped = names.length > 0 ? [] : checkDefault();
  if (shipped.length > 0 || results.some(({ ok }) => !ok)) process.exitCode = 1;
  if (json) return say(JSON.stringify(results));
  for (const { pack, ok, version, problems, notes } of results) {
    say(ok ? `${pack} ${version}: in order` : `${pack}: ${problems.length} problem(s)`);
    for (const problem of problems) say(`  ${sayProblem(problem)}`);
    for (const note of notes) say(`  note: ${note}`);
  }
  for (const problem of shipped) say(sayProblem(problem));
}

const GROUP_NAMES = {
  limits: '时限 / limits',
  ladders: '升级阶梯 / ladders',
  tiers: '分级审批 / tiers',
  chains: '按等级审批 / chains',
  roles: '角色 / roles',
  steps: '环节 / steps',
  forms: '表单 / forms',
  switches: '开关 / switches',
  other: '其他 / other',
};

async function diff(from: string, to: string, { json }: Json): Promise<void> {
  const { diffPacks, groupDifferences, sayDifference } = await import('../../packs/diff.ts');
  const [a, b] = await Promise.all([open(from), open(to)]);
  const groups = groupDifferences(diffPacks(a, b).filter(({ path }) => path !== 'hash'));
  const sameHash = a.hash === b.hash;
  if (json) {
    const name = ({ id, version, hash }: typeof a) => ({ id, version, hash });
    const differences = groups.flatMap(([group, found]) =>
      found.map(({ path, from: old = null, to: now = null }) => ({ group, path, from: old, to: now })),
    );
    return say(JSON.stringify({ from: name(a), to: name(b), sameHash, differences }));
  }
  say(`${a.id} ${a.version} → ${b.id} ${b.version}`);
  say(sameHash ? `散列值相同 / same hash: ${a.hash}` : `散列值不同 / hashes differ: ${a.hash.slice(0, 12)} → ${b.hash.slice(0, 12)}`);
  if (groups.length === 0) say('无差异 / no difference');
  for (const [group, found] of groups) {
    say(`\n${GROUP_NAMES[group]}`);
    for (const one of found) say(`  ${sayDifference(one)}`);
  }
}

async function open(name: string) {
  return (await import('../../packs/check.ts')).openPack(name);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
