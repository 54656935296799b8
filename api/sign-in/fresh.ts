/**
 * What somebody does who has just shown to be there (OWASP ASVS 5.0, 7.5.3): decisions above a bound that the pack sets, and what the
 * access table says `fresh` of.
 */
import type { FastifyRequest } from 'fastify';
import { findCase } from '../../db/read/cases.ts';
import { pinOfCase } from '../../db/read/packs.ts';
import type { Db } from '../../db/database.ts';
import { NotFound, type RuleBook } from '../../desk/index.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { formatYuan } from '../../domain/money.ts';
import type { Instant } from '../../domain/time.ts';
import { unreadIn } from '../http/find.ts';
import { me } from '../plugins/auth.ts';
import { Problem } from '../problems/problem.ts';

/** How long an entered password counts. */
export const FRESH_MS = 5 * 60_000;

/** Whether whoever asks has just shown to be there, by their session. */
export const isFresh = ({ session }: FastifyRequest, at: Instant): boolean => session !== undefined && at - session.freshAt <= FRESH_MS;

/** @throws Problem fresh-sign-in; a token has nobody behind it who could enter a password */
export function demandFresh(request: FastifyRequest, at: Instant): void {
  if (isFresh(request, at)) return;
  const how = howToBeFresh(request);
  throw new Problem('fresh-sign-in', {
    zh: request.session === undefined ? '令牌不能办理;请登录后办理。' : `请先${how.zh}。`,
    en: request.session === undefined ? 'A token cannot do this: sign in.' : `First ${how.en}.`,
  });
}

function howToBeFresh({ session }: FastifyRequest): { readonly zh: string; readonly en: string } {
  return session?.how === 'oidc'
    ? { zh: '重新登录身份提供方(GET /api/oidc/login?fresh=true)', en: 'sign in at the provider again (GET /api/oidc/login?fresh=true)' }
    : { zh: '重新输入密码(POST /api/sessions/fresh)', en: 'enter your password again (POST /api/sessions/fresh)' };
}

export interface FreshDeps {
  readonly db: Db;
  readonly rules: Pick<RuleBook, 'pinned' | 'latest'>;
  readonly clock: () => Instant;
}

/**
 * By the version that the case is pinned to: a later one without the bound takes it from no running case.
 * @throws Problem fresh-sign-in; a token has nobody behind it who could enter a password
 */
export async function checkFresh(
  deps: FreshDeps,
  request: FastifyRequest,
  { number, step, task }: { readonly number: string; readonly step: string; readonly task?: string | undefined },
): Promise<void> {
  const { db, clock } = deps;
  const bound = await boundOf(deps, number);
  // Only packs that set a bound cost a look at the whole case.
  if (typeof bound !== 'number' || isFresh(request, clock())) return;
  const found = await findCase(db, me(request), number);
  const decided = found && amountDecided(found.state.tasks, step, task);
  if (found === undefined || decided === undefined || decided <= bound) return;
  const how = howToBeFresh(request);
  const withheld = unreadIn(request, found).size > 0;
  const amount = formatYuan(decided);
  throw new Problem('fresh-sign-in', {
    zh: `审批金额${withheld ? '' : ` ${amount} 元,`}超过 ${formatYuan(bound)} 元:请先${how.zh}。`,
    en: `The amount is ${withheld ? '' : `${amount} yuan, `}above ${formatYuan(bound)}: first ${how.en}.`,
  });
}

async function boundOf({ db, rules, clock }: FreshDeps, number: string): Promise<unknown> {
  const pin = await pinOfCase(db, number);
  if (pin === undefined) return undefined;
  const pack = await rules.pinned(pin.hash).catch((error: unknown) => {
    // One opened before versions were stored goes by what its pack says now, as at the desk.
    if (error instanceof NotFound) return rules.latest(pin.id, clock());
    throw error;
  });
  return pack?.rules.switches['freshSignInAbove'];
}

/**
 * Fen that an answer decides on: of the task that it names; when it names none, the most of any open task of the step, because
 * the case chooses among them. Undefined: no amount is decided.
 */
export function amountDecided(tasks: CaseState['tasks'], step: string, named?: string): number | undefined {
  const amounts = Object.values(tasks)
    .filter((task) => task.step === step && task.status === 'open' && (named === undefined || task.id === named))
    .flatMap(({ proposal }) => proposal?.amount ?? []);
  return amounts.length === 0 ? undefined : Math.max(...amounts);
}
