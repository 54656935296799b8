/** What a person does in a story: step, person and roles, form. */
import { labelOf } from '../../domain/case/acts.ts';
import { resolveRole, type Pack, type RoleId } from '../../domain/pack.ts';
import { parseBeijing } from '../../domain/time.ts';
import type { Problem } from '../../packs/problem.ts';
import { personOf, type Act, type Given } from '../story.ts';
import { unknown } from './names.ts';
import type { Item } from './variants.ts';

export function readAct({ path, opening, step }: Item, pack: Pack, people: Given['people'], problems: Problem[]): Act | undefined {
  const raw = opening ?? step;
  const submit = opening === undefined ? step?.submit : 'open';
  if (raw === undefined || submit === undefined) return undefined;
  const { as, person, key, refused, occurredAt } = raw;
  if (labelOf(pack, submit) === undefined || (submit === 'open') !== (opening !== undefined))
    problems.push({ path: [...path, 'submit'], ...unknown(pack, 'step', submit) });
  const who = readWho(as, person, path, pack, people, problems);
  const { kind, ...form } = opening?.form ?? {};
  if (opening !== undefined && (typeof kind !== 'string' || !Object.hasOwn(pack.kinds, kind))) {
    problems.push({
      path: [...path, 'form', 'kind'],
      wrong: kind === undefined ? 'is missing' : `pack ${pack.id} has no kind ${JSON.stringify(kind)}`,
      right: `one of: ${Object.keys(pack.kinds).join(', ')}`,
    });
  }
  return {
    submit,
    ...who,
    form: opening === undefined ? (step?.form ?? {}) : form,
    ...(typeof kind === 'string' ? { kind } : {}),
    ...(step?.task === undefined ? {} : { task: step.task }),
    ...(step?.async === undefined ? {} : { async: step.async }),
    ...(occurredAt === undefined ? {} : { occurredAt: parseBeijing(occurredAt) }),
    ...(key === undefined ? {} : { key }),
    ...(refused === undefined ? {} : { refused }),
  };
}

/** A role's own person, a person in all their roles, or a person in one of them. */
function readWho(
  as: string | undefined,
  person: string | undefined,
  path: Item['path'],
  pack: Pack,
  people: Given['people'],
  problems: Problem[],
): { person: string; roles: readonly RoleId[] } {
  const role = as === undefined ? undefined : resolveRole(pack, as);
  if (as !== undefined && role === undefined) problems.push({ path: [...path, 'as'], ...unknown(pack, 'role', as) });
  const theirs = person === undefined ? undefined : people[person];
  if (person !== undefined && theirs === undefined && as === undefined) {
    problems.push({
      path: [...path, 'person'],
      wrong: `nobody is called ${person}`,
      right: `one of: ${Object.keys(people).join(', ') || 'given.people first'}`,
    });
  }
  if (role !== undefined && theirs !== undefined && !theirs.includes(role)) {
    problems.push({ path: [...path, 'as'], wrong: `${person} is not ${role}`, right: `one of: ${theirs.join(', ')}` });
  }
  return { person: person ?? personOf(role ?? ''), roles: role === undefined ? (theirs ?? []) : [role] };
}
