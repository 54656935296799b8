/** What was refused to somebody who had signed in stands in the journal: who, which route, when, by which code, and the request. */
import type { FastifyRequest } from 'fastify';
import type { Db } from '../../db/database.ts';
import { sha256 } from '../../db/hash.ts';
import { note } from '../../db/journal.ts';
import { take } from '../../db/rate-counts.ts';
import type { Instant } from '../../domain/time.ts';
import { caseNumber } from '../schemas/common.ts';
import { wordingOf } from './catalogue.ts';
import type { Problem } from './problem.ts';

/** Entries of one person in an hour; the last of them says that what follows is left out. The log has them all. */
export const NOTED_AN_HOUR = 60;
const HOUR_MS = 3_600_000;

/** Never keeps the answer from whoever asked: what cannot be noted stands in the log. What a case has refused its record notes itself. */
export async function noteRefusal(db: Db, request: FastifyRequest, { code, more }: Problem, at: Instant): Promise<void> {
  const { person } = request.identity ?? request.operator ?? {};
  if (person === undefined || more.recorded === true || wordingOf(code).status !== 403) return;
  try {
    const { taken } = await take(db, sha256(`refusals of ${person}`), 1, HOUR_MS);
    if (taken > NOTED_AN_HOUR) return;
    const { method, id, routeOptions, params } = request;
    const about = caseNumber.safeParse((params as { readonly number?: unknown } | undefined)?.number);
    const what = {
      code,
      route: `${method} ${routeOptions.url}`,
      request: id,
      ...(about.success ? { case: about.data } : {}),
      ...(taken === NOTED_AN_HOUR ? { rest: 'left out' } : {}),
    };
    await note(db, { kind: 'refusal', at, person, what });
  } catch (error) {
    request.log.error({ err: error }, 'a refusal is not noted in the journal');
  }
}
