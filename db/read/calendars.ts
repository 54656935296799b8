/** Versions of calendars as their readers see them. */
import type { CalendarDays } from '../../domain/calendar.ts';
import type { Db, Trx } from '../database.ts';

/** The version that a case opened now goes by: the one that came last. */
export async function newestVersion(db: Db | Trx, id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('calendar_version')
    .select('version')
    .where('id', '=', id)
    .orderBy('ordinal', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.version;
}

export async function newestCalendar(db: Db | Trx, id: string): Promise<CalendarDays | undefined> {
  const row = await db
    .selectFrom('calendar_version')
    .select('content')
    .where('id', '=', id)
    .orderBy('ordinal', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.content;
}

export async function calendarByVersion(db: Db, id: string, version: string): Promise<CalendarDays | undefined> {
  const row = await db
    .selectFrom('calendar_version')
    .select('content')
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return row?.content;
}
