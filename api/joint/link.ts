/** A one-time link: it opens whatever its person may do, so of whoever decides one administrator alone makes none. */
import { note } from '../../db/journal.ts';
import { makeLink } from '../../db/one-time-links.ts';
import { hashSecret, newSecret } from '../sign-in/secret.ts';
import { decides, known } from './person.ts';
import type { Prepare } from './prepare.ts';

export const prepareLink: Prepare<'link'> = async (deps, db, { person, askedBy }) => {
  const who = await known(db, person);
  return {
    weighs: await decides(deps, db, who, deps.clock()),
    async carryOut(trx, at, noted) {
      const secret = newSecret();
      const linkEndsAt = await makeLink(trx, { hash: hashSecret(secret), person: who, madeBy: askedBy, at });
      await note(trx, { kind: 'people', at, person: noted.person, what: { of: who, change: 'one-time link', ...noted.what } });
      return { link: `${deps.config.publicUrl}/welcome#${secret}`, linkEndsAt };
    },
  };
};
