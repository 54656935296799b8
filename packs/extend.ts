/** A pack that is another pack with differences: `extends: <id>`, then only what is otherwise. */
import { readPlain } from './yaml-file.ts';

/**
 * Lays the content of a file over that of the pack it extends, which may extend another: maps are merged key by key, everything
 * else is replaced. Content without `extends` comes back as it is. The result is checked as a whole pack.
 * @param pathOf where the pack of an id stands; throws when there is none
 */
export function overBase(given: unknown, pathOf: (id: string) => string): unknown {
  if (!isMap(given) || !Object.hasOwn(given, 'extends')) return given;
  const { extends: base, ...own } = given;
  return merge(overBase(readPlain(pathOf(typeof base === 'string' ? base : JSON.stringify(base))), pathOf), own);
}

function merge(base: unknown, own: unknown): unknown {
  if (!isMap(base) || !isMap(own)) return own;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(own)) merged[key] = Object.hasOwn(base, key) ? merge(base[key], value) : value;
  return merged;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
