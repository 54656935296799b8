/** Every expectation a scenario may name, by its key. */
import { z } from 'zod';
import type { Check, Expectation, Named } from './expectation.ts';
import * as limits from './limits.ts';
import type { Look } from './look.ts';
import * as money from './money.ts';
import * as tasks from './tasks.ts';
import * as told from './told.ts';
import * as whole from './whole.ts';

type Made = Expectation | ((key: string) => Expectation);

const made: Readonly<Record<string, Made>> = { ...limits, ...told, ...tasks, ...whole, ...money } as Record<string, Made>;

export const expectations: Readonly<Record<string, Expectation>> = Object.fromEntries(
  Object.entries(made)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => [key, typeof one === 'function' ? one(key) : one]),
);

/** What a scenario expects at one instant, as read. */
export type Expected = Readonly<Record<string, unknown>>;

export const expectSchema = z
  .strictObject(Object.fromEntries(Object.entries(expectations).map(([key, one]) => [key, one.schema.describe(one.help).optional()])))
  .refine((value) => Object.keys(value).length > 0, 'at least one thing that is expected')
  .meta({ id: 'expect', description: 'What must be so.' });

/** Names of the pack that are used, with the keys that lead to them. */
export function namesIn(expected: Expected): Named[] {
  return Object.entries(expected).flatMap(([key, value]) =>
    (expectations[key]?.names(value as never) ?? []).map((n) => ({ ...n, path: [key, ...n.path] })),
  );
}

export function judge(expected: Expected, look: Look): Check[] {
  return Object.entries(expected).flatMap(([key, value]) => expectations[key]?.judge(value as never, look) ?? []);
}
