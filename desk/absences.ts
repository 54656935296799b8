/** What the desk knows of absences when something is said: the case judges by it, and the message keeps it. */
import { grantsOf } from '../db/emergencies.ts';
import type { Db } from '../db/database.ts';
import { awayOf, standingsOf } from '../db/read/absences.ts';
import type { Instant } from '../domain/time.ts';
import type { Said } from './compose.ts';

/** For whom the sender may act just now (unless the door has looked already), by which grants, and whether an assignee is absent. */
export async function withStanding<S extends Said>(
  db: Db,
  { pack, number }: { pack: string; number: string },
  said: S,
  at: Instant,
): Promise<S & Said> {
  const { who, step, form } = said;
  const standing = who.for ?? (await standingsOf(db, who.person, at)).filter((one) => one.pack === pack);
  const assignee = step === 'assign' ? form['person'] : undefined;
  const away = typeof assignee === 'string' ? await awayOf(db, assignee, pack, at) : [];
  return {
    ...said,
    who: {
      ...who,
      for: standing.map(({ person, role, delegation }) => ({ person, role, ...(delegation && { delegation }) })),
      emergency: await grantsOf(db, who.person, number, at),
    },
    away: away.map(({ substitute, role }) => ({ substitute, ...(role === null ? {} : { role }) })),
  };
}
