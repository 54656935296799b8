/** A pack that is another pack with differences: `extends: <id>`, then only what is otherwise. */
import type { PackError, Problem } from './problem.ts';
import { readPlain } from './yaml-file.ts';

/**
 * Lays the content of a file over that of the pack it extends, which may extend another: maps are merged key by key, everything
 * else is replaced. `extends` comes back as the whole line, nearest first; content without it as it is. The result is checked as a whole pack.
 * @param pathOf where the pack of an id stands; throws when there is none
 * @param fail the error for what is wrong with the file: what it extends cannot be taken away by naming it with nothing
 */
export function overBase(given: unknown, pathOf: (id: string) => string, fail: (problems: readonly Problem[]) => PackError): unknown {
  if (!isMap(given) || !Object.hasOwn(given, 'extends')) return given;
  const { extends: base, ...own } = given;
  const id = typeof base === 'string' ? base : JSON.stringify(base);
  const whole = overBase(readPlain(pathOf(id)), pathOf, fail);
  const removed = nothings(whole, own, []);
  if (removed.length > 0) throw fail(removed.map((path) => cannotRemove(path, id)));
  return { ...(merge(whole, own) as object), extends: [id, ...basesOf(whole)] };
}

const basesOf = (whole: unknown): unknown[] => (isMap(whole) && Array.isArray(whole['extends']) ? whole['extends'] : []);

function cannotRemove(path: readonly string[], base: string): Problem {
  const what = path.length === 2 && path[0] === 'limits' ? 'a limit' : 'what the base has';
  return { path, wrong: `is nothing, but ${what} cannot be removed`, right: `to change it, or a whole pack without extends: ${base}` };
}

/** Places where the base has something and the file names it with nothing. */
function nothings(base: unknown, own: unknown, path: readonly string[]): string[][] {
  if (!isMap(base) || !isMap(own)) return own === null && base !== undefined && base !== null ? [[...path]] : [];
  return Object.entries(own).flatMap(([key, value]) => (Object.hasOwn(base, key) ? nothings(base[key], value, [...path, key]) : []));
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
