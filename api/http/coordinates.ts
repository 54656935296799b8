/** Whether somebody coordinates a pack, or is its general manager, by what its latest version says. */
import type { Identity } from '../../db/read/identity.ts';
import type { RuleBook } from '../../desk/index.ts';
import { overseersOf } from '../../domain/authority/emergency.ts';
import type { Instant } from '../../domain/time.ts';

export async function coordinates({ packs }: Identity, rules: Pick<RuleBook, 'latest'>, pack: string, at: Instant): Promise<boolean> {
  const held = Object.hasOwn(packs, pack) ? (packs[pack] ?? []) : [];
  if (held.length === 0) return false;
  const found = await rules.latest(pack, at);
  return found !== undefined && overseersOf(found.rules).some((role) => held.includes(role));
}

/** Packs that somebody coordinates or manages. */
export async function coordinatedBy(who: Identity, rules: Pick<RuleBook, 'latest'>, at: Instant): Promise<string[]> {
  const coordinated: string[] = [];
  for (const pack of Object.keys(who.packs)) if (await coordinates(who, rules, pack, at)) coordinated.push(pack);
  return coordinated;
}
