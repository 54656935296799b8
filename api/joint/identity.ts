/** An identity at the provider: whoever has it comes in as the person, for good. One's own, one administrator may link. */
import { identityHash, linkIdentity, personBehind } from '../../db/identities.ts';
import { note } from '../../db/journal.ts';
import { Problem } from '../problems/problem.ts';
import { issuerOf } from '../sign-in/oidc.ts';
import { known } from './person.ts';
import type { Prepare } from './prepare.ts';

export const prepareIdentity: Prepare<'identity'> = async ({ config }, db, { person, body, askedBy }) => {
  if (config.oidc === undefined) throw new Problem('oidc-off');
  const identity = { issuer: issuerOf(body.issuer), subject: body.subject };
  if (identity.issuer !== issuerOf(config.oidc.issuer)) {
    const ours = config.oidc.issuer;
    throw new Problem('bad-request', { zh: `本系统的身份提供方是 ${ours}。`, en: `The provider of this installation is ${ours}.` });
  }
  const who = await known(db, person);
  const holder = await personBehind(db, identity);
  if (holder !== undefined && holder !== who) throw new Problem('identity-taken');
  return {
    weighs: who !== askedBy && holder !== who,
    async carryOut(trx, at, noted) {
      if (!(await linkIdentity(trx, { ...identity, person: who, by: askedBy, at }))) throw new Problem('identity-taken');
      const what = { of: who, change: 'identity linked', identity: await identityHash(trx, identity), ...noted.what };
      await note(trx, { kind: 'people', at, person: noted.person, what });
      return {};
    },
  };
};
