/** Names that must exist. */
import type { Problem } from './problem.ts';

/** A problem if `name` is no key of `table`. */
export function known(table: Readonly<Record<string, unknown>>, name: string, path: (string | number)[], what: string): Problem[] {
  if (Object.hasOwn(table, name)) return [];
  return [{ path, wrong: `there is no ${what} "${name}"`, right: `one of: ${Object.keys(table).join(', ')}` }];
}
