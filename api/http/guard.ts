/**
 * Looks at what the table says a route depends on, before its handler runs: a handler that forgot to look would still show nothing of a
 * case or a register to those whom it does not concern. What was found here the handler goes on with.
 */
import type { FastifyRequest } from 'fastify';
import type { Db } from '../../db/database.ts';
import { ruleOf } from '../access.ts';
import { caseFor, packFor } from './find.ts';
import { readable, writable, type Registers } from './registers.ts';

/** @throws Problem not-found, not-allowed */
export async function guard({ db, registers }: { db: Db; registers: Registers }, request: FastifyRequest): Promise<void> {
  const rule = ruleOf(request.method, request.routeOptions.url ?? '');
  if (rule === undefined) return;
  const [caller, ...depends] = rule;
  const { number, register } = request.params as { readonly number?: string; readonly register?: string };
  if (number !== undefined && depends.includes('case')) {
    // A step may be sent to a case whose opening still waits to be decided.
    await (caller === 'judged-by-case' ? packFor : caseFor)(db, request, number);
  }
  if (register !== undefined && depends.includes('register')) {
    (depends.includes('writer') ? writable : readable)(registers, request, register);
  }
}
