/** The inbox as its readers see it. */
import { sql } from 'kysely';
import type { CalendarDays } from '../../domain/calendar.ts';
import type { PackRules } from '../../domain/pack.ts';
import { formOf } from './documents.ts';
import type { Db } from '../database.ts';

/** Rows that wait for an outcome, through their partial index. */
export async function openInboxRows(db: Db): Promise<number> {
  const row = await db
    .selectFrom('inbox')
    .select((x) => x.fn.countAll<string>().as('n'))
    .where('outcome', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

/** Who sent a request, or undefined for an unknown key. */
export function sentAs(db: Db, key: string): Promise<{ person: string; step: string } | undefined> {
  return db.selectFrom('inbox').select(['person', 'step']).where('key', '=', key).executeTakeFirst();
}

/** Rules and calendar a case was opened with, by its opening's key; undefined when it came past the desk. */
export async function openedWith(db: Db, key: string): Promise<{ rules: PackRules; calendar: CalendarDays } | undefined> {
  const row = await db.selectFrom('inbox').select('command').where('key', '=', key).where('step', '=', 'open').executeTakeFirst();
  return (row?.command as { input?: { rules: PackRules; calendar: CalendarDays } } | undefined)?.input;
}

/** What an opening's form was filled with, by its key; undefined for an unknown key. */
export async function filledBefore(db: Db, key: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { rows } = await sql<{ body: string; subject: string | null }>`
    select d.body, d.subject from inbox i join document d on d.hash = coalesce(i.command -> 'input' -> 'opening' ->> 'documentHash', i.command ->> 'documentHash')
    where i.key = ${key}`.execute(db);
  return rows[0] === undefined ? undefined : formOf(db, rows[0]);
}
