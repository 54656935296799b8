/** A year of a calendar: looked at with what it would do to the open cases, and loaded, which tells them. */
import { growCalendar } from '../../db/calendars.ts';
import type { DueChange, PlannedItem } from '../../db/bulk.ts';
import type { Db } from '../../db/database.ts';
import { openCases } from '../../db/read/bulk.ts';
import type { CalendarDays } from '../../domain/calendar.ts';
import type { Instant } from '../../domain/time.ts';
import { loadYear, type CalendarFile, type LoadedYear } from '../../packs/calendar-file.ts';
import type { RuleBook } from '../rule-book.ts';
import { NotFound, type BulkDoor } from '../types.ts';
import { foresee } from './foresee.ts';

export interface YearFile {
  readonly calendar: string;
  readonly year: number;
  readonly file: CalendarFile;
}

export interface Foreseen {
  /** Open cases that wait for the year. */
  readonly cases: number;
  /** Of them, with a deadline that moves. */
  readonly moving: number;
  /** The first of those. */
  readonly first: readonly { readonly number: string; readonly changes: readonly DueChange[] }[];
}

const PAGE = 500;
const SHOWN = 50;

/** What loading it would change; nothing is changed. @throws PackError for a file that is not in order, NotFound */
export async function previewYearOf(
  db: Db,
  rules: RuleBook,
  { calendar: id, year, file }: YearFile,
  at: Instant,
): Promise<LoadedYear & { readonly cases: Foreseen }> {
  const loaded = loadYear(await rules.calendar(id), file, year);
  return { ...loaded, cases: await foreseeAll(db, rules, loaded.calendar, at) };
}

/**
 * The year as the newest version of its calendar, and a job that tells the open cases. The same year again makes no version, and
 * tells whoever has not heard of it. @throws PackError for a file that is not in order: nothing is stored; NotFound
 */
export async function loadYearOf(
  { db, rules, bulk }: { readonly db: Db; readonly rules: RuleBook; readonly bulk: BulkDoor },
  { calendar: id, year, file }: YearFile,
  by: { readonly person: string; readonly at: Instant; readonly job: string },
): Promise<LoadedYear & { readonly job: string }> {
  await rules.calendar(id); // the shipped one comes first
  let loaded: LoadedYear | undefined;
  await growCalendar(db, id, by, (newest) => {
    loaded = loadYear(newest, file, year);
    return loaded.calendar;
  });
  if (loaded === undefined) throw new NotFound(`there is no calendar ${id}`);
  const { job } = by;
  const { version } = loaded.calendar;
  await bulk.ask({ id: job, kind: 'calendar', calendar: { id, version }, person: by.person, roles: [], confirmed: true, at: by.at });
  return { ...loaded, job };
}

async function foreseeAll(db: Db, rules: RuleBook, calendar: CalendarDays, at: Instant): Promise<Foreseen> {
  const first: PlannedItem[] = [];
  const counts = { cases: 0, moving: 0 };
  for (let after: string | undefined = ''; after !== undefined;) {
    const states = await openCases(db, { calendar: calendar.id }, after, PAGE);
    for (const state of states) {
      const item = await foresee(db, rules, state, { next: { calendar }, scope: 'provisional', at });
      const moves = item.changes.filter(({ from, to }) => from !== to);
      counts.cases += 1;
      if (moves.length === 0) continue;
      counts.moving += 1;
      if (first.length < SHOWN) first.push({ number: state.number, changes: moves });
    }
    after = states.length === PAGE ? states.at(-1)?.number : undefined;
  }
  return { ...counts, first };
}
