/** Decisions above a bound that the pack sets are made by somebody who has just shown to be there (OWASP ASVS 5.0, 7.5.3). */
import type { FastifyRequest } from 'fastify';
import { findCase } from '../../db/read/cases.ts';
import type { Db } from '../../db/database.ts';
import type { RuleBook } from '../../desk/index.ts';
import { formatYuan } from '../../domain/money.ts';
import type { Instant } from '../../domain/time.ts';
import { me } from '../plugins/auth.ts';
import { Problem } from '../problems/problem.ts';

/** How long an entered password counts. */
export const FRESH_MS = 5 * 60_000;

/** Whether whoever asks has just shown to be there, by their session. */
export const isFresh = ({ session }: FastifyRequest, at: Instant): boolean => session !== undefined && at - session.freshAt <= FRESH_MS;

export interface FreshDeps {
  readonly db: Db;
  readonly rules: Pick<RuleBook, 'pinned' | 'latest'>;
  readonly clock: () => Instant;
}

/** @throws Problem fresh-sign-in; a token has nobody behind it who could enter a password */
export async function checkFresh(
  { db, rules, clock }: FreshDeps,
  request: FastifyRequest,
  pack: string,
  number: string,
  step: string,
): Promise<void> {
  // Only packs that set a bound cost a look at the case.
  if ((await rules.latest(pack, clock()))?.rules.switches['freshSignInAbove'] === undefined) return;
  const found = await findCase(db, me(request), number);
  if (found === undefined) return;
  const { tasks, pack: pin } = found.state;
  const proposal = Object.values(tasks).find((task) => task.step === step && task.status === 'open')?.proposal;
  if (proposal?.amount === undefined) return;
  const bound = (await rules.pinned(pin.hash)).rules.switches['freshSignInAbove'];
  const fresh = isFresh(request, clock());
  if (typeof bound !== 'number' || proposal.amount <= bound || fresh) return;
  const byProvider = request.session?.how === 'oidc';
  const amount = formatYuan(proposal.amount);
  throw new Problem('fresh-sign-in', {
    zh: `审批金额 ${amount} 元,超过 ${formatYuan(bound)} 元:请先${byProvider ? '重新登录身份提供方(GET /api/oidc/login?fresh=true)' : '重新输入密码(POST /api/sessions/fresh)'}。`,
    en: `The amount is ${amount} yuan, above ${formatYuan(bound)}: ${byProvider ? 'sign in at the provider again first (GET /api/oidc/login?fresh=true)' : 'enter your password again first (POST /api/sessions/fresh)'}.`,
  });
}
