/** Puts versions of calendars into the store. What a year says is checked before it comes here. */
import { sql } from 'kysely';
import type { CalendarDays } from '../domain/calendar.ts';
import { canonicalJson } from '../domain/canonical.ts';
import { compareVersions } from '../domain/version.ts';
import type { Db, Trx } from './database.ts';
import { sha256 } from './hash.ts';
import { newestCalendar } from './read/calendars.ts';

/**
 * Puts in the calendars of a release, once, whatever number of processes start at the same time. One that is newer than what is
 * stored becomes the newest. Returns a sentence for each that was refused: a version that is stored with other content.
 */
export async function stockCalendars(db: Db, calendars: readonly CalendarDays[]): Promise<string[]> {
  return db.transaction().execute(async (trx) => {
    await lockCalendars(trx);
    const refused: string[] = [];
    for (const calendar of calendars) {
      const known = await hashOf(trx, calendar);
      const newest = known === undefined ? await newestCalendar(trx, calendar.id) : undefined;
      if (known === undefined && (newest === undefined || compareVersions(calendar.version, newest.version) > 0))
        await insert(trx, calendar, null, new Date());
      else if (known !== undefined && known !== contentHash(calendar))
        refused.push(
          `The calendar ${calendar.id} of this release says it is version ${calendar.version}, but another version ${calendar.version} was loaded here: the loaded one holds.`,
        );
    }
    return refused;
  });
}

/**
 * The calendar grown by `grow` as the newest version; nothing is stored when it gives the calendar back. Loads come one after the
 * other, so that no year is lost. @throws what `grow` throws; undefined = no such calendar
 */
export async function growCalendar(
  db: Db,
  id: string,
  by: { readonly person: string; readonly at: number },
  grow: (newest: CalendarDays) => CalendarDays,
): Promise<CalendarDays | undefined> {
  return db.transaction().execute(async (trx) => {
    await lockCalendars(trx);
    const newest = await newestCalendar(trx, id);
    if (newest === undefined) return undefined;
    const grown = grow(newest);
    if (grown.version !== newest.version) await insert(trx, grown, by.person, new Date(by.at));
    return grown;
  });
}

const contentHash = (calendar: CalendarDays): string => sha256(canonicalJson(calendar));

async function insert(trx: Trx, calendar: CalendarDays, person: string | null, at: Date): Promise<void> {
  await trx
    .insertInto('calendar_version')
    .values({
      id: calendar.id,
      version: calendar.version,
      hash: contentHash(calendar),
      content: JSON.stringify(calendar),
      loaded_by: person,
      loaded_at: at,
    })
    .execute();
}

async function hashOf(trx: Trx, { id, version }: CalendarDays): Promise<string | undefined> {
  const row = await trx
    .selectFrom('calendar_version')
    .select('hash')
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return row?.hash;
}

const lockCalendars = (trx: Trx): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended('calendar_version', 0))`.execute(trx);
