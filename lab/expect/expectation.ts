/** What a story may expect: how it is written, which names it uses, how it is judged, and what a check says. */
import { z } from 'zod';
import type { Lang } from '../../domain/explain.ts';
import type { Look } from './look.ts';

/** One thing expected, and what was found. */
export interface Check {
  /** `due.survey` */
  readonly what: string;
  readonly expected: string;
  readonly found: string;
  readonly held: boolean;
  /** How what was found came about, line by line. */
  readonly why?: Why;
}

export type Why = Readonly<Record<Lang, readonly string[]>>;

/** A name that must exist, in the pack or as a kind of event, and the keys that lead to it. */
export interface Named {
  readonly kind: 'limit' | 'step' | 'role' | 'event';
  readonly name: string;
  readonly path: readonly (string | number)[];
}

export interface Expectation<S extends z.ZodType = z.ZodType> {
  readonly schema: S;
  /** One sentence, for documentation and JSON schema. */
  readonly help: string;
  names(value: z.output<S>): Named[];
  judge(value: z.output<S>, look: Look): Check[];
}

export const nothingNamed = (): Named[] => [];

/** An expectation of its own making. */
export function expectation<S extends z.ZodType>(
  help: string,
  schema: S,
  judge: (value: z.output<S>, look: Look) => Check[],
  names: (value: z.output<S>) => Named[] = nothingNamed,
): Expectation<S> {
  return { schema, help, names, judge };
}

/** A map from names of one kind to a value each, judged one by one. */
export function each<S extends z.ZodType>(
  kind: Named['kind'] | 'free',
  help: string,
  schema: S,
  judge: (name: string, value: z.output<S>, look: Look) => Omit<Check, 'what'>,
  more: (name: string, value: z.output<S>) => Named[] = nothingNamed,
): (key: string) => Expectation {
  return (key) =>
    expectation(
      help,
      z.record(z.string(), schema),
      (value, look) =>
        Object.entries(value).map(([name, inner]) => ({ what: `${key}.${name}`, ...judge(name, inner as z.output<S>, look) })),
      (value) => Object.entries(value).flatMap(([name, inner]) => [...named(kind, name, [name]), ...more(name, inner as z.output<S>)]),
    );
}

/** A list of names of one kind, judged one by one. */
export function listed(
  kind: Named['kind'],
  help: string,
  judge: (name: string, look: Look) => Omit<Check, 'what'>,
): (key: string) => Expectation {
  return (key) =>
    expectation(
      help,
      z.array(z.string()).min(1),
      (value, look) => value.map((name) => ({ what: `${key} ${name}`, ...judge(name, look) })),
      (value) => value.flatMap((name, i) => named(kind, name, [i])),
    );
}

function named(kind: Named['kind'] | 'free', name: string, path: (string | number)[]): Named[] {
  return kind === 'free' ? [] : [{ kind, name, path }];
}

export const one = (role: string | readonly string[]): readonly string[] => (typeof role === 'string' ? [role] : role);
export const roles = z.union([z.string(), z.array(z.string()).min(1)]);
export const rolesNamed = (name: string, value: string | readonly string[]): Named[] =>
  typeof value === 'string'
    ? [{ kind: 'role', name: value, path: [name] }]
    : value.map((role, i) => ({ kind: 'role', name: role, path: [name, i] }));

/** Held if both say the same. */
export function same(expected: string, found: string, why?: Why): Omit<Check, 'what'> {
  const held = expected === found;
  return { expected, found, held, ...(held || why === undefined ? {} : { why }) };
}
