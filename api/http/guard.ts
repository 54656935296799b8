/**
 * Looks at what the table says a route depends on, before its handler runs: a handler that forgot to look would still show nothing of a
 * case, a register or an entry to those whom it does not concern. What was found here the handler goes on with.
 */
import type { FastifyRequest } from 'fastify';
import type { Db } from '../../db/database.ts';
import { seenAmong } from '../../db/read/entries.ts';
import type { Instant } from '../../domain/time.ts';
import { ruleOf } from '../access.ts';
import { me } from '../plugins/auth.ts';
import { Problem } from '../problems/problem.ts';
import { demandFresh } from '../sign-in/fresh.ts';
import { atLeast } from './at-least.ts';
import { caseFor, lookAnew, packFor } from './find.ts';
import { readable, writable, type Registers } from './registers.ts';

interface Deps {
  readonly db: Db;
  readonly registers: Registers;
  readonly clock: () => Instant;
}

/** @throws Problem not-found, not-allowed, fresh-sign-in, not-yet */
export async function guard({ db, registers, clock }: Deps, request: FastifyRequest): Promise<void> {
  const rule = ruleOf(request.method, request.routeOptions.url ?? '');
  if (rule === undefined) return;
  const [caller, ...depends] = rule;
  if (depends.includes('fresh')) demandFresh(request, clock());
  const { number, register, id } = request.params as { readonly number?: string; readonly register?: string; readonly id?: string };
  if (number !== undefined && depends.includes('case')) {
    // A step may be sent to a case whose opening still waits to be decided.
    await (caller === 'judged-by-case' ? packFor : caseFor)(db, request, number);
    if (await atLeast(db, request, number)) lookAnew(request);
  }
  if (register !== undefined && depends.includes('register')) {
    const def = (depends.includes('writer') ? writable : readable)(registers, request, register);
    if (id !== undefined && (await seenAmong(db, me(request), def, [id])).length === 0) throw new Problem('not-found');
  }
}
