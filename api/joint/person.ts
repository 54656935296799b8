/** Whom an act of administrators is about. */
import type { Db, Trx } from '../../db/database.ts';
import { rolesHadSince } from '../../db/joint-acts.ts';
import { isPerson, rolesByPack } from '../../db/people.ts';
import type { RuleBook } from '../../desk/index.ts';
import { decidingRoles } from '../../domain/authority/deciding.ts';
import type { Instant } from '../../domain/time.ts';
import { INSTALLATION } from '../access.ts';
import type { Registers } from '../http/registers.ts';
import { Problem } from '../problems/problem.ts';

/** @throws Problem not-found */
export async function known(db: Db | Trx, person: string | null): Promise<string> {
  if (person === null || !(await isPerson(db, person))) throw new Problem('not-found');
  return person;
}

/** Roles of a pack and those of them that decide; every role of the installation does. Undefined: there is no such pack. */
export async function rolesIn(
  { rules, registers }: { readonly rules: Pick<RuleBook, 'latest'>; readonly registers: Registers },
  pack: string,
  at: Instant,
): Promise<{ readonly all: readonly string[]; readonly deciding: ReadonlySet<string> } | undefined> {
  if (pack === INSTALLATION) return { all: INSTALLATION_ROLES, deciding: new Set(INSTALLATION_ROLES) };
  const found = await rules.latest(pack, at);
  return found && { all: found.roles.map(({ id }) => id), deciding: decidingRoles(found, registers.values()) };
}
const INSTALLATION_ROLES = ['administrator', 'operator'];

/** For so long whoever had a role taken away counts as holding it: else one administrator would take it, come in by a link, and have it given back. */
const LATELY_MS = 30 * 86_400_000;

/** Whether the person holds a role, in any pack, by which they decide, or has held one lately. */
export async function decides(deps: Parameters<typeof rolesIn>[0], db: Db | Trx, person: string, at: Instant): Promise<boolean> {
  const held = [...Object.entries(await rolesByPack(db, person)), ...(await rolesHadSince(db, person, at - LATELY_MS))];
  for (const [pack, roles] of held) {
    const of = await rolesIn(deps, pack, at);
    // Of a pack that nobody knows any more it is not known what its roles were.
    if (of === undefined || roles.some((role) => of.deciding.has(role))) return true;
  }
  return false;
}
