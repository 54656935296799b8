/** Names of departments that only the company's register knows: looked up when a form uses one that the pack does not. */
import type { Db } from '../db/database.ts';
import { entriesInForce } from '../db/read/entries.ts';
import { filledIn } from '../domain/case/acts.ts';
import { resolveRole, type Pack, type RoleId } from '../domain/pack.ts';
import { aliasesOf } from '../domain/register/aliases.ts';
import type { Said } from './compose.ts';

/** Departments looked at, at most. */
const AT_MOST = 1_000;

/** What is said, with the company's names for roles where the pack has none for one. A role of the register that the pack lacks is no role. */
export async function withAliases(db: Db, pack: Pack, said: Said): Promise<Said> {
  const fields = filledIn(pack, said.step, said.kind)?.fields ?? [];
  const named = fields.filter(({ type }) => type === 'role' || type === 'roles').flatMap(({ name }) => said.form[name] ?? []);
  if (named.every((name) => typeof name !== 'string' || resolveRole(pack, name) !== undefined)) return said;
  const known = new Set<RoleId>(pack.roles.map(({ id }) => id));
  const aliases = aliasesOf(await entriesInForce(db, 'departments', AT_MOST), pack.id);
  return { ...said, aliases: new Map([...aliases].filter(([, role]) => known.has(role))) };
}
