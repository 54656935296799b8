/** Who may decode: an operator or administrator of the installation, by a session or by a token made for it. */
import type { FastifyRequest } from 'fastify';
import type { Db } from '../../db/database.ts';
import type { Identity } from '../../db/read/identity.ts';
import type { Instant } from '../../domain/time.ts';
import { isOperator } from '../access.ts';
import { signIn } from '../plugins/auth.ts';
import { Problem } from '../problems/problem.ts';
import { sessionCookie } from '../sign-in/cookie.ts';

/** @throws Problem not-signed-in, not-allowed, or foreign-origin when a cookie comes from no page at all */
export async function operatorOf(db: Db, request: FastifyRequest, publicUrl: string, at: Instant): Promise<Identity> {
  const signed = await signIn(db, request, sessionCookie(publicUrl), at);
  if (signed === undefined) throw new Problem('not-signed-in');
  // A page's origin has been looked at; a browser says it with every POST.
  if (signed.session !== undefined && request.headers.origin === undefined) throw new Problem('foreign-origin');
  if (signed.scopes !== undefined && !signed.scopes.includes('decode'))
    throw new Problem('not-allowed', { zh: '此令牌没有“decode”权限。', en: 'This token does not have the scope "decode".' });
  if (!isOperator(signed.identity.packs))
    throw new Problem('not-allowed', { zh: '须由运维人员或系统管理员办理。', en: 'Only an operator or an administrator may do this.' });
  return signed.identity;
}
