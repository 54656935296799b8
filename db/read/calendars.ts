/** Versions of calendars as their readers see them. */
import type { CalendarDays } from '../../domain/calendar.ts';
import type { Db, Trx } from '../database.ts';

export interface CalendarVersionRow {
  readonly id: string;
  readonly version: string;
  readonly hash: string;
  /** Null: it came with a release. */
  readonly loaded_by: string | null;
  readonly loaded_at: Date;
}

/** The version that a case opened now goes by: the one that came last. */
export async function newestVersion(db: Db | Trx, id: string): Promise<string | undefined> {
  return (await newest(db, id).select('version').executeTakeFirst())?.version;
}

export async function newestCalendar(db: Db | Trx, id: string): Promise<CalendarDays | undefined> {
  return (await newest(db, id).select('content').executeTakeFirst())?.content;
}

const newest = (db: Db | Trx, id: string) => db.selectFrom('calendar_version').where('id', '=', id).orderBy('ordinal', 'desc').limit(1);

export async function calendarByVersion(db: Db, id: string, version: string): Promise<CalendarDays | undefined> {
  const row = await db
    .selectFrom('calendar_version')
    .select('content')
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return row?.content;
}

/** Every version of one calendar, or of all; the newest first. */
export function calendarVersions(db: Db, id?: string): Promise<CalendarVersionRow[]> {
  return db
    .selectFrom('calendar_version')
    .select(['id', 'version', 'hash', 'loaded_by', 'loaded_at'])
    .$if(id !== undefined, (q) => q.where('id', '=', id ?? ''))
    .orderBy('id')
    .orderBy('ordinal', 'desc')
    .execute();
}

/** The newest version of every calendar. */
export async function newestCalendars(db: Db): Promise<CalendarDays[]> {
  const rows = await db
    .selectFrom('calendar_version')
    .distinctOn('id')
    .select(['id', 'content'])
    .orderBy('id')
    .orderBy('ordinal', 'desc')
    .execute();
  return rows.map(({ content }) => content);
}
