/** Roles of a person in a pack: whoever would decide by them is not given them by one. */
import { endLinks } from '../../db/one-time-links.ts';
import { heldIn, holdPerson, setRoles } from '../../db/people.ts';
import { findEntry } from '../../db/read/entries.ts';
import { note } from '../../db/journal.ts';
import { heldText, newlyHeld, readHeld, type Held } from '../../domain/authority/deciding.ts';
import { placeParts } from '../../domain/place.ts';
import type { Db, Trx } from '../../db/database.ts';
import { INSTALLATION } from '../access.ts';
import { Problem } from '../problems/problem.ts';
import { known, rolesIn } from './person.ts';
import type { Prepare } from './prepare.ts';

export const prepareRoles: Prepare<'roles'> = async (deps, db, { person, packId, body, askedBy }) => {
  const who = await known(db, person);
  // Whoever gives roles does not give them to themselves.
  if (who === askedBy) throw new Problem('own-roles');
  const pack = packId ?? INSTALLATION;
  const wanted = body.roles.map(readHeld);
  const of = await rolesIn(deps, pack, deps.clock());
  const unknown = wanted.map(({ role }) => role).filter((role) => of?.all.includes(role) !== true);
  if (of === undefined || unknown.length > 0) {
    const what = of === undefined ? pack : unknown.join(', ');
    throw new Problem('bad-request', { zh: `没有此制度包或岗位:${what}。`, en: `There is no such pack or role: ${what}.` });
  }
  await checkPlaces(db, pack, wanted);
  const weighs = newlyHeld(body.had.map(readHeld), wanted).some(({ role }) => of.deciding.has(role));
  return {
    weighs,
    async carryOut(trx, at, noted) {
      await holdPerson(trx, who);
      if ((await textsOfHeld(trx, who, pack)).join(' ') !== body.had.join(' '))
        throw new Problem('joint-act-void', { zh: '其岗位已另有变动。', en: 'The roles of the person have changed meanwhile.' });
      await setRoles(trx, who, pack, wanted);
      // Whoever has kept a link that one administrator made does not come in by it as somebody who decides.
      if (weighs) await endLinks(trx, who, at);
      const what = { of: who, change: 'roles', pack, roles: body.roles.join(' '), ...noted.what };
      await note(trx, { kind: 'people', at, person: noted.person, what });
      return {};
    },
  };
};

/** What somebody holds, as requests write it. */
export async function textsOfHeld(db: Db | Trx, person: string, pack: string): Promise<string[]> {
  return (await heldIn(db, person, pack)).map(heldText);
}

/** @throws Problem bad-request for a place that no register knows */
async function checkPlaces(db: Db | Trx, pack: string, wanted: readonly Held[]): Promise<void> {
  const named = [...new Set(wanted.flatMap(({ place }) => place ?? []))];
  if (named.length > 0 && pack === INSTALLATION)
    throw new Problem('bad-request', { zh: '管理员不限地点。', en: 'An administrator is one for all places.' });
  const missing: string[] = [];
  for (const place of named) if ((await findEntry(db, ...placeParts(place))) === undefined) missing.push(place);
  if (missing.length > 0) {
    const what = missing.join(', ');
    throw new Problem('bad-request', {
      zh: `登记中没有此地点:${what}。请先登记。`,
      en: `No register has this place: ${what}. Enter it first.`,
    });
  }
}
