/** A case by number, for whoever may see it. */
import type { FastifyRequest } from 'fastify';
import type { Db } from '../../db/database.ts';
import { findCase, type FoundCase } from '../../db/read/cases.ts';
import { me } from '../plugins/auth.ts';
import { Problem } from '../problems/problem.ts';

/** @throws Problem not-found, the same whether it is absent or not theirs to see */
export async function caseFor(db: Db, request: FastifyRequest, number: string): Promise<FoundCase> {
  const found = await findCase(db, me(request), number);
  if (found === undefined) throw new Problem('not-found');
  return found;
}
