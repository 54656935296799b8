/** Every name a scenario uses must exist, in its pack or among the kinds of event. */
import { resolveRole, type Pack } from '../../domain/pack.ts';
import type { Problem } from '../../packs/problem.ts';
import { namesIn, type Expected } from '../expect/all.ts';
import { eventKinds } from '../expect/event-kinds.ts';
import type { Named } from '../expect/expectation.ts';

/** Limits may carry an ordinal: `survey#2`; so may steps. */
export function checkNames(expected: Expected, path: readonly (string | number)[], pack: Pack, problems: Problem[]): void {
  for (const { kind, name, path: below } of namesIn(expected)) {
    if (!isKnown(pack, kind, name.replace(/#\d+$/, ''))) problems.push({ path: [...path, ...below], ...unknown(pack, kind, name) });
  }
}

export function unknown(pack: Pack, kind: Named['kind'], name: string): Omit<Problem, 'path'> {
  const wrong = kind === 'event' ? `there is no event "${name}"` : `pack ${pack.id} has no ${kind} "${name}"`;
  return { wrong, right: `one of: ${namesOf(pack, kind).join(', ')}` };
}

function namesOf(pack: Pack, kind: Named['kind']): readonly string[] {
  switch (kind) {
    case 'limit':
      return Object.keys(pack.rules.limits);
    case 'step':
      return Object.keys(pack.steps);
    case 'role':
      return pack.roles.map((role) => `${role.id} (${role.zh})`);
    case 'event':
      return eventKinds;
  }
}

function isKnown(pack: Pack, kind: Named['kind'], name: string): boolean {
  return kind === 'role' ? resolveRole(pack, name) !== undefined : namesOf(pack, kind).includes(name);
}
