/** A case by number, for whoever may see it. */
import type { FastifyRequest } from 'fastify';
import type { Db } from '../../db/database.ts';
import { findCase, packOfCase, seenOfCase, type FoundCase } from '../../db/read/cases.ts';
import { mayReadIn } from '../../domain/case/concern.ts';
import { me } from '../plugins/auth.ts';
import { Problem } from '../problems/problem.ts';

/** A label that a paper of a case carries, the reader reads as well. @param label undefined: it carries none of its own */
export function mayReadPaper(request: FastifyRequest, found: FoundCase, label: string | undefined): boolean {
  return label === undefined || mayReadIn(me(request), seenOfCase(found), label);
}

/** @throws Problem not-found, the same whether it is absent or not theirs to see */
export async function caseFor(db: Db, request: FastifyRequest, number: string): Promise<FoundCase> {
  const found = seen.get(request)?.[number] ?? (await findCase(db, me(request), number));
  if (found === undefined) throw new Problem('not-found');
  seen.set(request, { ...seen.get(request), [number]: found });
  return found;
}

/** For a request that has waited for something since its guard looked. */
export const lookAnew = (request: FastifyRequest): boolean => seen.delete(request);

/** What a request has found already: the guard of its route looks first, its handler goes on with that. */
const seen = new WeakMap<FastifyRequest, Readonly<Record<string, FoundCase>>>();

/** As `caseFor`, also of a case whose opening still waits to be decided. Its pack. @throws Problem not-found */
export async function packFor(db: Db, request: FastifyRequest, number: string): Promise<string> {
  const pack = packs.get(request)?.[number] ?? (await packOfCase(db, me(request), number));
  if (pack === undefined) throw new Problem('not-found');
  packs.set(request, { ...packs.get(request), [number]: pack });
  return pack;
}

const packs = new WeakMap<FastifyRequest, Readonly<Record<string, string>>>();
