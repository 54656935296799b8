/** Hands what a signed-in person says about a case to the desk. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { dropAnswered } from '../../db/drafts.ts';
import type { RuleBook } from '../../desk/index.ts';
import { NotFresh, type Attached } from '../../desk/types.ts';
import type { Instant } from '../../domain/time.ts';
import type { AppDeps } from '../deps.ts';
import { me, signedInOf } from '../plugins/auth.ts';
import { Problem } from '../problems/problem.ts';
import { freshProblem } from '../sign-in/fresh.ts';
import type { Receipt } from '../schemas/requests.ts';
import { answerWith } from './answer.ts';
import { packFor } from './find.ts';
import { LOST, whoWon } from './who-won.ts';

export interface Said {
  readonly key: string;
  readonly number: string;
  readonly step: string;
  readonly task?: string | undefined;
  readonly occurredAt?: Instant | undefined;
  readonly form: Readonly<Record<string, unknown>>;
  readonly async?: boolean | undefined;
  readonly attached?: Attached;
}

/** Acts in the roles that the person holds in the case's pack. @throws Problem not-found for a case they may not see */
export async function sayToCase(
  app: FastifyInstance,
  deps: Pick<AppDeps, 'db' | 'desk'> & { readonly rules: RuleBook },
  request: FastifyRequest,
  reply: FastifyReply,
  said: Said,
): Promise<Receipt> {
  const { db, desk } = deps;
  const { key, number, step, task, occurredAt, form } = said;
  const reader = me(request);
  const { person, packs, stands } = reader;
  const pack = await packFor(db, request, number);
  const roles = Object.hasOwn(packs, pack) ? (packs[pack] ?? []) : [];
  const standing = stands
    .filter((one) => one.pack === pack)
    .map(({ person: absent, role, delegation }) => ({ person: absent, role, ...(delegation && { delegation }) }));
  if (roles.length === 0 && standing.length === 0) throw new Problem('not-found');
  const submitted = desk.submit({
    key,
    who: { person, roles, for: standing, signedIn: signedInOf(request) },
    number,
    step,
    form,
    ...(task === undefined ? {} : { task }),
    ...(occurredAt === undefined ? {} : { occurredAt }),
    ...(said.attached === undefined ? {} : { attached: said.attached }),
    ...(said.async ? { async: true as const } : {}),
  });
  const answer = await submitted.catch(async (error: unknown) => {
    throw error instanceof NotFresh ? await freshProblem(db, request, number, error) : error;
  });
  // Left over when the store goes away just now, it is found to be answered when it is next looked for.
  if (answer.status === 'decided') await dropAnswered(db, person).catch(() => undefined);
  if (said.async) void reply.header('Preference-Applied', 'respond-async');
  const isLate = answer.status === 'refused' && LOST.has(answer.code) && !said.async;
  const won = isLate ? await whoWon(deps, request, number, step).catch(() => undefined) : undefined;
  return answerWith(reply, app.metrics, answer, key, false, won);
}
