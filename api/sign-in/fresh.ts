/**
 * What somebody does who has just shown to be there (OWASP ASVS 5.0, 7.5.3): what the access table says `fresh` of, and decisions above a
 * bound that the pack sets, of which the desk judges.
 */
import type { FastifyRequest } from 'fastify';
import { findCase } from '../../db/read/cases.ts';
import type { Db } from '../../db/database.ts';
import type { NotFresh } from '../../desk/types.ts';
import { isFreshAt } from '../../domain/authority/fresh.ts';
import { formatYuan } from '../../domain/money.ts';
import type { Instant } from '../../domain/time.ts';
import { unreadIn } from '../http/find.ts';
import { me } from '../plugins/auth.ts';
import { Problem } from '../problems/problem.ts';

/** @throws Problem fresh-sign-in; a token has nobody behind it who could enter a password */
export function demandFresh(request: FastifyRequest, at: Instant): void {
  if (isFreshAt(request.session?.freshAt, at)) return;
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

/** What the desk does not receive, since whoever sends it has not just shown to be there. */
export async function freshProblem(db: Db, request: FastifyRequest, number: string, { amount, bound }: NotFresh): Promise<Problem> {
  const how = howToBeFresh(request);
  const above = formatYuan(bound);
  if (amount === 'unknown')
    return new Problem('fresh-sign-in', {
      zh: `所审批的版本尚未见于记录,金额可能超过 ${above} 元:请先${how.zh}。`,
      en: `The version is not in the record yet, and its amount may be above ${above}: first ${how.en}.`,
    });
  const found = await findCase(db, me(request), number);
  const withheld = found === undefined || unreadIn(request, found).size > 0;
  const shown = formatYuan(amount);
  return new Problem('fresh-sign-in', {
    zh: `审批金额${withheld ? '' : ` ${shown} 元,`}超过 ${above} 元:请先${how.zh}。`,
    en: `The amount is ${withheld ? '' : `${shown} yuan, `}above ${above}: first ${how.en}.`,
  });
}
