/** Puts the values of a story where `$name` stands. */
import type { Problem } from '../../packs/problem.ts';
import { isValue } from './words.ts';

/** The same structure with each `$name` replaced; what has no value is reported and left as it is. */
export function withValues<T>(
  given: T,
  values: Readonly<Record<string, unknown>>,
  path: readonly (string | number)[],
  problems: Problem[],
): T {
  const walk = (value: unknown, at: readonly (string | number)[]): unknown => {
    if (isValue(value)) {
      const name = value.slice(1);
      if (Object.hasOwn(values, name)) return values[name];
      const known = Object.keys(values).map((key) => `$${key}`);
      problems.push({
        path: at,
        wrong: `there is no value ${value}`,
        right: known.length === 0 ? `values: { ${name}: … } in the story or the variant` : `one of: ${known.join(', ')}`,
      });
      return value;
    }
    if (Array.isArray(value)) return value.map((inner: unknown, i) => walk(inner, [...at, i]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner, [...at, key])]));
  };
  return walk(given, path) as T;
}

/** Whether every `$name` below has a value. */
export function valuesSuffice(given: unknown, values: Readonly<Record<string, unknown>>): boolean {
  const problems: Problem[] = [];
  withValues(given, values, [], problems);
  return problems.length === 0;
}
