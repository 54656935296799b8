/** A case by number, for whoever may see it, as much of it as they read. */
import type { FastifyRequest } from 'fastify';
import type { Db } from '../../db/database.ts';
import { findCase, packOfCase, seenOfCase, type FoundCase } from '../../db/read/cases.ts';
import { everyEventOf } from '../../db/read/events.ts';
import { mayReadIn } from '../../domain/case/concern.ts';
import { fold } from '../../domain/case/reduce.ts';
import { veiled, veilOver, withheldSteps, type Veil } from '../../domain/case/veil.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { StepId } from '../../domain/pack.ts';
import { me } from '../plugins/auth.ts';
import { Problem } from '../problems/problem.ts';

/** A case as a reader is shown it: its state is without what stands in forms above their label. */
export interface ShownCase extends FoundCase {
  /** As it is: to judge by, to be shown to nobody. */
  readonly recorded: CaseState;
  /** Undefined: they read every form of it. */
  readonly veil: Veil | undefined;
  /** Steps whose answer they do not read. */
  readonly withheld: readonly StepId[];
}

/** A label that a paper of a case carries, the reader reads as well. @param label undefined: it carries none of its own */
export function mayReadPaper(request: FastifyRequest, found: FoundCase, label: string | undefined): boolean {
  return label === undefined || mayReadIn(me(request), seenOfCase(found), label);
}

/** Hashes of the forms of a case that the reader does not read. */
export const unreadIn = (request: FastifyRequest, found: FoundCase): ReadonlySet<string> =>
  new Set(Object.entries(found.documents).flatMap(([hash, label]) => (mayReadPaper(request, found, label) ? [] : [hash])));

/** @throws Problem not-found, the same whether it is absent or not theirs to see */
export async function caseFor(db: Db, request: FastifyRequest, number: string): Promise<ShownCase> {
  const found = seen.get(request)?.[number] ?? (await shown(db, request, number));
  if (found === undefined) throw new Problem('not-found');
  seen.set(request, { ...seen.get(request), [number]: found });
  return found;
}

async function shown(db: Db, request: FastifyRequest, number: string): Promise<ShownCase | undefined> {
  const found = await findCase(db, me(request), number);
  if (found === undefined) return undefined;
  const unread = unreadIn(request, found);
  const events = unread.size === 0 ? [] : await everyEventOf(db, number);
  const veil = veilOver(events, unread);
  const recorded = found.state;
  if (veil === undefined) return { ...found, recorded, veil, withheld: [] };
  const state = fold(events.map((event) => veiled(event, veil)));
  return { ...found, recorded, state, veil, withheld: withheldSteps(events, veil) };
}

/** For a request that has waited for something since its guard looked. */
export const lookAnew = (request: FastifyRequest): boolean => seen.delete(request);

/** What a request has found already: the guard of its route looks first, its handler goes on with that. */
const seen = new WeakMap<FastifyRequest, Readonly<Record<string, ShownCase>>>();

/** As `caseFor`, also of a case whose opening still waits to be decided. Its pack. @throws Problem not-found */
export async function packFor(db: Db, request: FastifyRequest, number: string): Promise<string> {
  const pack = packs.get(request)?.[number] ?? (await packOfCase(db, me(request), number));
  if (pack === undefined) throw new Problem('not-found');
  packs.set(request, { ...packs.get(request), [number]: pack });
  return pack;
}

const packs = new WeakMap<FastifyRequest, Readonly<Record<string, string>>>();
