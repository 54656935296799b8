/** Turns what zod found into words a service manager understands. */
import type { z } from 'zod';
import type { Problem } from './problem.ts';

/** One problem per place; `given` is the value that was checked. */
export function problemsOf(error: z.ZodError, given: unknown): Problem[] {
  return error.issues.flatMap((issue) => problemOf(issue, given));
}

function problemOf(issue: z.core.$ZodIssue, given: unknown): Problem | Problem[] {
  const path = issue.path.filter((key): key is string | number => typeof key !== 'symbol');
  const found = valueAt(given, path);
  const wrong = found === undefined ? 'is missing' : `is ${show(found)}`;
  if (issue.code === 'invalid_union') {
    const inner = branchOf(issue);
    if (inner !== undefined) return inner.flatMap((one) => problemOf({ ...one, path: [...issue.path, ...one.path] }, given));
  }
  // Words of our own in the schema come first; zod's begin like these.
  if (!/^(Invalid|Too |Unrecognized)/.test(issue.message)) return { path, wrong, right: issue.message };
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        wrong: 'is not known here',
        right: 'to remove it or to correct its spelling',
      }));
    case 'invalid_type':
      return { path, wrong, right: TYPES[issue.expected] ?? `a value of type ${issue.expected}` };
    case 'invalid_value':
      return { path, wrong, right: `one of: ${issue.values.map(String).join(', ')}` };
    case 'too_small':
      return { path, wrong, right: bound('at least', issue.minimum, issue.origin) };
    case 'too_big':
      return { path, wrong, right: bound('at most', issue.maximum, issue.origin) };
    case 'invalid_key':
      return { path, wrong: 'has a name that cannot be used', right: 'a name of letters and digits that begins with a letter' };
    default:
      return { path, wrong, right: issue.message };
  }
}

/** What one way to write it says, when the value is plainly meant that way: the only one whose outer form fits. */
function branchOf({ errors }: z.core.$ZodIssueInvalidUnion): z.core.$ZodIssue[] | undefined {
  const meant = errors.filter((branch) => branch.every(({ path, code }) => path.length > 0 || code === 'unrecognized_keys'));
  return meant.length === 1 ? meant[0] : undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text (in quotes if it looks like a number)',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list of two texts, Chinese and English',
  object: 'a map of names and values',
  record: 'a map of names and values',
};

function bound(word: string, limit: number | bigint, origin: string): string {
  if (origin === 'string') return `${word} ${limit} character(s)`;
  return origin === 'array' ? `${word} ${limit} entry or entries` : `${word} ${limit}`;
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[key] : undefined),
    value,
  );
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
