/** The pack under which packs are approved, and what its people may see of all others. */
import type { FastifyRequest } from 'fastify';
import type { RuleBook } from '../../desk/index.ts';
import { me } from '../plugins/auth.ts';
import { Problem } from '../problems/problem.ts';

export const GOVERNANCE = 's1-eval';

/** Whoever has a role in the pack reads its versions, and whoever has a part in approving packs. @throws Problem not-found */
export function mayReadVersions(request: FastifyRequest, id: string): void {
  const { packs } = me(request);
  if (!Object.hasOwn(packs, id) && !Object.hasOwn(packs, GOVERNANCE)) throw new Problem('not-found');
}

/** Roles in which somebody opens a case of a kind of that pack. @throws Problem wrong-role, NotActive */
export async function openerOf(request: FastifyRequest, rules: RuleBook, kind: string, at: number): Promise<readonly string[]> {
  const { pack } = await rules.active(GOVERNANCE, at);
  const by = pack.kinds[kind]?.by ?? pack.rules.steps['open']?.by ?? [];
  const roles = me(request).packs[GOVERNANCE] ?? [];
  if (!by.some((role) => roles.includes(role))) throw new Problem('wrong-role', { zh: by.join('、'), en: by.join(', ') });
  return roles;
}
