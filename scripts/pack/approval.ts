/** `redress pack propose | review | approve | reject | withdraw | versions`: a pack's approval, through the running API. */
import type { Command } from 'commander';
import type { ApiClient, Speaker } from './client.ts';

interface Asked extends Speaker {
  readonly json: boolean;
}

interface Proposing extends Asked {
  readonly reason: string;
  readonly activeFrom?: string;
  readonly case?: string;
}

export function registerApproval(pack: Command): void {
  const add = (name: string, about: string): Command =>
    pack
      .command(name)
      .description(about)
      .option('--api <address>', 'where the API is (default: the local stack)')
      .option('--token <token>', 'who speaks (default: REDRESS_TOKEN)')
      .option('--as <person>', 'who speaks, of the demo company')
      .option('--json', 'as one line of JSON', false);

  add('propose', 'propose a version of a pack: checked as a whole, then a case that is reviewed and approved')
    .argument('<file>', 'the pack.yaml')
    .requiredOption('--reason <text>', 'why')
    .option('--active-from <time>', 'in force from, Beijing time such as "2026-12-01 00:00" (default: the approval)')
    .option('--case <number>', 'the open proposal that this is the next draft of')
    .action(propose);
  for (const act of ['review', 'approve'] as const)
    add(act, `${act === 'review' ? 'pass the review of' : 'approve'} a proposed pack`)
      .argument('<number>', 'number of the proposal')
      .action(async (number: string, options: Asked) => decide(await clientFor(options), number, act, { decision: 'approve' }, options));
  add('reject', 'reject a proposed pack, at the review or at the approval')
    .argument('<number>', 'number of the proposal')
    .requiredOption('--reason <text>', 'why')
    .action(reject);
  add('withdraw', 'take a version out of force at once; the one before is in force again')
    .argument('<pack>', 'id of the pack')
    .requiredOption('--reason <text>', 'why')
    .requiredOption('--version <version>', 'which, as `pack versions` lists it: saying it twice then takes out nothing else')
    .action(withdraw);
  add('versions', 'list the versions of a pack and how each stands').argument('<pack>', 'id of the pack').action(versions);
}

async function clientFor(options: Speaker): Promise<ApiClient> {
  const [{ config }, { apiClient }] = await Promise.all([import('../../temporal.config.ts'), import('./client.ts')]);
  return apiClient(options, config);
}

async function propose(file: string, { reason, activeFrom, case: number, ...options }: Proposing): Promise<void> {
  const [{ readFile }, { parse }] = await Promise.all([import('node:fs/promises'), import('yaml')]);
  const yaml = await readFile(file, 'utf8');
  const id = (parse(yaml) as { id?: unknown } | null)?.id;
  if (typeof id !== 'string') throw new Error(`${file} does not say the id of its pack.`);
  const answer = await (
    await clientFor(options)
  ).post(`/api/packs/${encodeURIComponent(id)}/proposals`, { yaml, reason, activeFrom, case: number });
  say(options, answer, `${answer['number']}: ${id} is proposed; next its review`);
}

async function decide(client: ApiClient, number: string, act: 'review' | 'approve', form: object, options: Asked): Promise<void> {
  const { proposals } = await client.get(`/api/cases/${number}`);
  const draft = (proposals as { name: string; version: number }[]).find(({ name }) => name === 'pack');
  if (draft === undefined) throw new Error(`${number} proposes no pack.`);
  const answer = await client.post(`/api/cases/${number}/steps/pack.${act}`, { form: { ...form, version: draft.version } });
  const said = 'decision' in form && form.decision === 'reject' ? 'rejected, back to whoever drew it up' : `${act} recorded`;
  say(options, answer, `${number}: ${said}, draft ${draft.version}`);
}

async function reject(number: string, { reason, ...options }: Asked & { reason: string }): Promise<void> {
  const client = await clientFor(options);
  const { items } = await client.get(`/api/cases/${number}/next`);
  const open = (items as { step: string }[]).map(({ step }) => step);
  const act = open.includes('pack.approve') ? 'approve' : 'review';
  await decide(client, number, act, { decision: 'reject', reason }, options);
}

async function withdraw(id: string, { reason, version, ...options }: Asked & { reason: string; version: string }): Promise<void> {
  const client = await clientFor(options);
  const path = `/api/packs/${encodeURIComponent(id)}`;
  const answer = await client.post(`${path}/withdrawals`, { reason, version });
  const { items } = await client.get(`${path}/versions`);
  const inForce = (items as { version: string; standing: string }[]).find(({ standing }) => standing === 'active')?.version;
  const now = inForce === undefined ? 'none is in force now: no case can be opened under it' : `${inForce} is in force now`;
  say(options, answer, `${answer['number']}: ${id} ${version} is withdrawn; ${now}`);
}

async function versions(id: string, options: Asked): Promise<void> {
  const { items } = await (await clientFor(options)).get(`/api/packs/${encodeURIComponent(id)}/versions`);
  const lines = (items as Record<string, string | null>[]).map(
    ({ version, standing, activeFrom, hash, case: number, reason }) =>
      `${version!.padEnd(8)} ${standing!.padEnd(10)} ${(activeFrom ?? '–').padEnd(26)} ${hash!.slice(0, 12)}  ${number ?? ''} ${reason ?? ''}`,
  );
  say(options, items, lines.join('\n'));
}

function say({ json }: Asked, answer: unknown, text: string): void {
  process.stdout.write(`${json ? JSON.stringify(answer) : text}\n`);
}
