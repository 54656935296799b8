/** Names that a company has for the departments of its procedures. Pure. */
import type { RoleId } from '../pack.ts';
import type { EntryBody } from './read-entry.ts';

/** Role of each name and other name in a procedure; a name that stands for two roles stands for none. */
export function aliasesOf(departments: readonly EntryBody[], pack: string): ReadonlyMap<string, RoleId> {
  const roles = new Map<string, Set<RoleId>>();
  for (const { name, aliases, roles: held } of departments) {
    const names = [String(name), ...rowsOf(aliases).map(({ alias }) => String(alias))];
    for (const row of rowsOf(held).filter((one) => one['pack'] === pack))
      for (const each of names) roles.set(each, (roles.get(each) ?? new Set()).add(String(row['role'])));
  }
  return new Map([...roles].flatMap(([each, [role, ...more]]) => (role === undefined || more.length > 0 ? [] : [[each, role] as const])));
}

function rowsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? (value as readonly Readonly<Record<string, unknown>>[]) : [];
}
