/**
 * One copy for equal values. Cases of one pack hold the same rules and calendar; kept apart they would be the greater
 * part of what a cached case costs. Equality is by content, so no case can be given another's rules, and what is shared
 * is frozen.
 */
import { canonicalJson } from './canonical.ts';

const known = new Map<string, unknown>();

export function shared<T>(value: T): T {
  const content = canonicalJson(value);
  const found = known.get(content) as T | undefined;
  if (found !== undefined) return found;
  known.set(content, deepFreeze(value));
  return value;
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}
