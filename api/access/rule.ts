/** A line of the table of who may use which route. */
import type { Relation } from './relation.ts';

/** Which callers a route has at all; the others get 401, or 403 at `loopback` and `administrator`. */
export type Caller =
  /** Anybody, without a token. */
  | 'public'
  /** From this machine only. */
  | 'loopback'
  /** Anybody signed in. */
  | 'signed-in'
  /** Whoever looks after the installation: the role `administrator` of `redress` itself, not of a pack. */
  | 'administrator'
  /** Anybody signed in; the case (or its pack, at the opening) judges the roles of whoever acts. */
  | 'judged-by-case';

/** The caller, then what the answer depends on, in the order in which it is looked at. Nothing more: all such callers get the same. */
export type Rule = readonly [Caller, ...Relation[]];

/** A list and the file of it: the same callers, on the same conditions. */
export const listed = <const R extends string, const L extends Rule>(route: R, ...rule: L): Readonly<Record<R | `${R}/export`, L>> =>
  ({ [route]: rule, [`${route}/export`]: rule }) as unknown as Readonly<Record<R | `${R}/export`, L>>;

/** By method and address: `GET /api/cases/:number`. */
export type Rules = Readonly<Record<string, Rule>>;
