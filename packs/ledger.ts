/** The accounts of the ledger as data: working funds, and which roles do what with accounts of each kind. */
import { join } from 'node:path';
import { z } from 'zod';
import { ACCOUNT_KINDS, type AccountKind } from '../domain/ledger/account.ts';
import { ENTRY_KINDS, ruleOf, type EntryKindId } from '../domain/ledger/entry.ts';
import { loadPack } from './load.ts';
import type { Problem } from './problem.ts';
import { readYaml } from './yaml-file.ts';

const roles = z.array(z.string());
const schema = z.strictObject({
  id: z.literal('ledger'),
  funds: z.record(
    z.string().regex(/^[A-Za-z]{1,40}$/),
    z.strictObject({ pack: z.string(), amount: z.string(), owner: z.string(), zh: z.string(), en: z.string(), clause: z.string() }),
  ),
  kinds: z.record(
    z.enum(ACCOUNT_KINDS),
    z.strictObject({
      pack: z.string(),
      open: roles,
      enter: z.partialRecord(z.enum(ENTRY_KINDS as [EntryKindId, ...EntryKindId[]]), roles),
      read: roles,
      clause: z.string(),
    }),
  ),
});

export type Ledger = z.output<typeof schema>;

/** Reads the shipped file. @throws PackError that names what is wrong and where */
export function loadLedger(path = join(import.meta.dirname, 'ledger.yaml')): Ledger {
  const file = readYaml(path, schema);
  const problems = [...fundProblems(file.value), ...kindProblems(file.value)];
  if (problems.length > 0) throw file.fail(problems);
  return file.value;
}

function fundProblems({ funds }: Ledger): Problem[] {
  return Object.entries(funds).flatMap(([id, { pack, amount, owner }]) => {
    const { roles: known, switchLabels } = loadPack(pack);
    const problems: Problem[] = [];
    if (!known.some((role) => role.id === owner))
      problems.push({ path: ['funds', id, 'owner'], wrong: `${pack} has no role ${owner}`, right: 'a role of that pack' });
    if (switchLabels[amount]?.type !== 'money')
      problems.push({ path: ['funds', id, 'amount'], wrong: `${pack} has no amount ${amount}`, right: 'a switch of that pack with money' });
    return problems;
  });
}

function kindProblems({ kinds }: Ledger): Problem[] {
  return Object.entries(kinds).flatMap(([kind, { pack, open, enter, read }]) => {
    const known = loadPack(pack).roles.map((role) => role.id);
    const listed = [
      { at: 'open', roles: open },
      { at: 'read', roles: read },
      ...Object.entries(enter).map(([at, by]) => ({ at, roles: by })),
    ];
    const strangers = listed.flatMap(({ at, roles: named }) =>
      named
        .filter((role) => !known.includes(role))
        .map((role) => ({ path: ['kinds', kind, at], wrong: `${pack} has no role ${role}`, right: 'a role of that pack' })),
    );
    const foreign = (Object.keys(enter) as EntryKindId[])
      .filter((entry) => !ruleOf(entry).of.includes(kind as AccountKind))
      .map((entry) => ({ path: ['kinds', kind, 'enter', entry], wrong: 'is no entry of such an account', right: 'to leave it out' }));
    return [...strangers, ...foreign];
  });
}
