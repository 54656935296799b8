/** Whom of ours a provider's identity is: by a link that an administrator or a one-time link has made, never by what it claims of itself. */
import { identityHash, linkIdentity, personBehind, type ProviderIdentity } from '../../db/identities.ts';
import { inTransaction, type Db } from '../../db/database.ts';
import { note } from '../../db/journal.ts';
import { useLink } from '../../db/one-time-links.ts';
import type { Instant } from '../../domain/time.ts';
import { Problem } from '../problems/problem.ts';

/** @throws Problem identity-unknown; with a link also link-used, and identity-taken, after which the link is still good */
export async function personOf(
  db: Db,
  identity: ProviderIdentity,
  { linkHash, at }: { readonly linkHash: string | undefined; readonly at: Instant },
): Promise<string> {
  if (linkHash !== undefined) return linked(db, identity, linkHash, at);
  const person = await personBehind(db, identity);
  if (person !== undefined) return person;
  const { issuer, subject } = identity;
  throw new Problem('identity-unknown', {
    zh: `身份提供方 ${issuer} 的用户 ${subject} 未关联本系统人员。请系统管理员关联(POST /api/people/<人员>/identities),或用管理员给的一次性链接登录(POST /api/oidc/login)。`,
    en: `Nobody here is linked to ${subject} at ${issuer}. Ask an administrator to link you (POST /api/people/<person>/identities), or sign in by a one-time link from one (POST /api/oidc/login).`,
  });
}

async function linked(db: Db, identity: ProviderIdentity, linkHash: string, at: Instant): Promise<string> {
  const { issuer, subject } = identity;
  return inTransaction(db, async (trx) => {
    const whose = await useLink(trx, linkHash, at);
    if (whose === undefined) throw new Problem('link-used');
    if (!(await linkIdentity(trx, { issuer, subject, person: whose, by: whose, at }))) throw new Problem('identity-taken');
    const what = { of: whose, change: 'identity linked', identity: await identityHash(trx, identity) };
    await note(trx, { kind: 'people', at, person: whose, what });
    return whose;
  });
}
