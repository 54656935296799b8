/** Every name a scenario uses must exist in its pack. */
import { resolveRole, type Pack } from '../../domain/pack.ts';
import type { Problem } from '../../packs/problem.ts';
import { namesIn, type Expected } from '../expect/all.ts';
import type { Named } from '../expect/expectation.ts';

/** Limits may carry an ordinal: `survey#2`; so may steps. */
export function checkNames(expected: Expected, path: readonly (string | number)[], pack: Pack, problems: Problem[]): void {
  for (const { kind, name, path: below } of namesIn(expected)) {
    if (!isKnown(pack, kind, name.replace(/#\d+$/, ''))) problems.push({ path: [...path, ...below], ...unknown(pack, kind, name) });
  }
}

export function unknown(pack: Pack, kind: Named['kind'], name: string): Omit<Problem, 'path'> {
  const known = { limit: Object.keys(pack.rules.limits), step: Object.keys(pack.steps), role: pack.roles.map((r) => `${r.id} (${r.zh})`) }[
    kind
  ];
  return { wrong: `pack ${pack.id} has no ${kind} "${name}"`, right: `one of: ${known.join(', ')}` };
}

function isKnown(pack: Pack, kind: Named['kind'], name: string): boolean {
  if (kind === 'limit') return Object.hasOwn(pack.rules.limits, name);
  return kind === 'step' ? Object.hasOwn(pack.steps, name) : resolveRole(pack, name) !== undefined;
}
