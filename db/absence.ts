/** Who is absent and who stands in: entering it, and ending it early. */
import type { Db } from './database.ts';
import type { Instant } from '../domain/time.ts';
import { sealedText, subjects } from './personal.ts';

export interface Absence {
  readonly person: string;
  readonly substitute: string;
  readonly from: Instant;
  /** Exclusive. */
  readonly until: Instant;
  /** Absent: all packs. */
  readonly pack?: string | undefined;
  /** Only of a pack. */
  readonly role?: string | undefined;
  readonly reason?: string | undefined;
}

/** The person has an absence of the same scope in that time already. */
export class AbsenceOverlaps extends Error {
  readonly id: string;
  constructor(id: string) {
    super(`absence ${id} overlaps`);
    this.id = id;
  }
}

/** The person or the substitute is nobody that is known. */
export class NobodyKnown extends Error {}
/** The key was used for another absence. */
export class AbsenceKeyReused extends Error {}

export interface Entering {
  /** The same key again gives the first id. */
  readonly key: string;
  readonly by: string;
  readonly at: Instant;
}

/** Returns its id. @throws AbsenceOverlaps, NobodyKnown, AbsenceKeyReused */
export function enterAbsence(db: Db, absence: Absence, { key, by, at }: Entering): Promise<string> {
  const { person, substitute, from, until, pack, role, reason } = absence;
  return db.transaction().execute(async (trx) => {
    // One at a time for a person: two that overlap would not see each other.
    const known = await trx.selectFrom('person').select('id').where('id', 'in', [person, substitute]).orderBy('id').forUpdate().execute();
    for (const id of [person, substitute]) if (!known.some((row) => row.id === id)) throw new NobodyKnown(id);
    const first = await trx.selectFrom('absence').selectAll().where('key', '=', key).executeTakeFirst();
    if (first !== undefined) {
      const same =
        first.person === person && first.substitute === substitute && first.pack_id === (pack ?? null) && first.role === (role ?? null);
      if (!same || first.starts_at.getTime() !== from || first.ends_at.getTime() !== until) throw new AbsenceKeyReused(key);
      return first.id;
    }
    const other = await trx
      .selectFrom('absence')
      .select('id')
      .where('person', '=', person)
      .where('pack_id', 'is not distinct from', pack ?? null)
      .where('role', 'is not distinct from', role ?? null)
      .where('starts_at', '<', new Date(until))
      .where((q) => q.fn<Date>('least', ['ends_at', q.fn.coalesce('ended_at', 'ends_at')]), '>', new Date(from))
      .executeTakeFirst();
    if (other !== undefined) throw new AbsenceOverlaps(other.id);
    const kept = reason === undefined ? null : await sealedText(trx, subjects.person(person), reason);
    const row = await trx
      .insertInto('absence')
      .values({
        ...{ key, person, substitute, pack_id: pack ?? null, role: role ?? null, reason: kept },
        ...{ starts_at: new Date(from), ends_at: new Date(until), entered_by: by, entered_at: new Date(at) },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  });
}

/** Back earlier than said. False when it is over already. */
export async function endAbsence(db: Db, id: string, by: string, at: Instant): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('absence')
    .set({ ended_at: new Date(at), ended_by: by })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .where('ends_at', '>', new Date(at))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
