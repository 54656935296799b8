/** Read your writes: a read may name what it must at least show, the `seq` of an earlier answer. */
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { z } from 'zod';
import type { Db } from '../../db/database.ts';
import { packOfCase, seqOfCase } from '../../db/read/cases.ts';
import { ruleOf } from '../access.ts';
import { me } from '../plugins/auth.ts';
import { Problem } from '../problems/problem.ts';
import { caseNumber } from '../schemas/common.ts';
import { problemsOf } from './describe.ts';

const LOOK_EVERY_MS = 100;
const WAITS_MS = 2_000;

const minSeq = z.coerce
  .number()
  .int()
  .min(1)
  .max(100_000)
  .optional()
  .describe('Not before the record is at least here, as an earlier answer said in `seq`; waits up to 2 s, then 409 `not-yet`');

/** Of a read over many cases: which of them has to be how far. */
export const atLeastOf = { min_seq: minSeq, min_case: caseNumber.optional().describe('The case that `min_seq` is of') };

/** Every read by the number of a case takes `min_seq`: said of each as it is registered, waited for by the guard. */
export function takeMinSeq(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const { schema } = route;
    if (schema === undefined || !isReadOfCase(route)) return;
    const asked = (schema.querystring ?? z.strictObject({})) as z.ZodObject;
    const notYet = problemsOf({ id: '', tag: 'cases', summary: '', problems: ['not-yet'] }) as Record<number, unknown>;
    schema.querystring = asked.extend({ min_seq: minSeq });
    schema.response = { 409: notYet[409], ...(schema.response as object) };
  });
}

function isReadOfCase({ method, url }: RouteOptions): boolean {
  const reads = [method].flat().some((one) => one === 'GET' || one === 'HEAD');
  return reads && url.startsWith('/api/cases/:number') && ruleOf('GET', url)?.includes('case') === true;
}

/** Waits until the record of a case that is there reaches what the request asks for. @returns whether it asked @throws Problem not-yet, to be asked again */
export async function atLeast(db: Db, request: FastifyRequest, number: string): Promise<boolean> {
  const { min_seq: seq } = request.query as { readonly min_seq?: number };
  if (seq === undefined) return false;
  for (const until = Date.now() + WAITS_MS; ;) {
    const now = await seqOfCase(db, number);
    if (now === undefined || now >= seq) return true;
    if (Date.now() >= until) throw new Problem('not-yet', { headers: { 'Retry-After': '1' } });
    await pause(LOOK_EVERY_MS);
  }
}

/** As `atLeast`, of the case that a read over many names; one that is not the reader's is not waited for. @throws Problem bad-request */
export async function atLeastAmong(db: Db, request: FastifyRequest): Promise<void> {
  const { min_seq: seq, min_case: number } = request.query as { readonly min_seq?: number; readonly min_case?: string };
  if ((seq === undefined) !== (number === undefined))
    throw new Problem('bad-request', { zh: 'min_seq 与 min_case 须同时给出。', en: 'min_seq and min_case are given together.' });
  if (number !== undefined && (await packOfCase(db, me(request), number)) !== undefined) await atLeast(db, request, number);
}
