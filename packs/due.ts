/** Deadlines asked for by names: one with its reasons, or many from rows of text. */
import type { CalendarDays } from '../domain/calendar.ts';
import { deadline, dueOf, type Deadline, type Due } from '../domain/deadline.ts';
import type { Pack, PackLimit } from '../domain/pack.ts';
import { formatDue, isoBeijing, parseBeijing, TimeError, type Instant } from '../domain/time.ts';
import { calendarWith, readCalendarFile } from './calendar-file.ts';
import { loadCalendar, loadPack, loadPackFile } from './load.ts';
import { PackError } from './problem.ts';

interface Asked {
  readonly pack: Pack;
  readonly limit: PackLimit;
  readonly from: Instant;
  readonly calendar: CalendarDays;
}

export interface AskedDeadline extends Asked, Deadline {}

export interface DueOptions {
  /** A file to try instead of the packs' calendars: a whole calendar, or years (YAML, ICS) that are added to them. */
  readonly calendar?: string;
  /** Of errors, as far as they have one; English without. */
  readonly lang?: 'zh' | 'en';
}

/**
 * The deadline of a limit, with its reasons. `pack` is the id of a shipped one or the path of a file, `from` Beijing time. Throws
 * PackError, TimeError or RangeError with what would be right.
 */
export function askDeadline(pack: string, limit: string, from: string, options: DueOptions = {}): AskedDeadline {
  const asked = asking(options)(pack, limit, from);
  return { ...asked, ...deadline(asked.limit, asked.from, asked.calendar) };
}

/** Reads each pack and calendar once; what cannot be read says so each time it is asked for. */
function asking({ calendar: file }: DueOptions): (pack: string, limit: string, from: string) => Asked {
  const packOf = once((name) => (/[/\\]|\.ya?ml$/.test(name) ? loadPackFile(name) : loadPack(name)));
  const read = once((path) => readCalendarFile(path));
  const calendarOf = once((id) => (file === undefined ? loadCalendar(id) : calendarWith(loadCalendar(id), read(file))));
  return (name, limitName, text) => {
    const pack = packOf(name);
    return { pack, limit: limitOf(pack, limitName), from: parseBeijing(text), calendar: calendarOf(pack.calendarId) };
  };
}

function once<T>(make: (name: string) => T): (name: string) => T {
  const known = new Map<string, { value: T } | { error: unknown }>();
  return (name) => {
    const found = known.get(name) ?? attempt(() => make(name));
    known.set(name, found);
    if ('error' in found) throw found.error;
    return found.value;
  };
}

function attempt<T>(read: () => T): { value: T } | { error: unknown } {
  try {
    return { value: read() };
  } catch (error) {
    return { error };
  }
}

function limitOf(pack: Pack, name: string): PackLimit {
  const limit = Object.hasOwn(pack.rules.limits, name) ? pack.rules.limits[name] : undefined;
  if (limit === undefined)
    throw new RangeError(`pack ${pack.id} has no limit "${name}"; it has: ${Object.keys(pack.rules.limits).join(', ')}`);
  return limit;
}

export interface DueRow {
  readonly id: string;
  /** `2026-10-15 24:00:00`, Beijing; null with an error. */
  readonly dueAt: string | null;
  /** The same as an ISO instant. */
  readonly dueInstant: string | null;
  readonly provisional: boolean | null;
  readonly error: string | null;
}

/** A row by column; `broken` says what is wrong with it as a row. */
export type AskedRow = Readonly<Record<string, string | undefined>>;

/** Answers rows with `id`, `pack`, `limit`, `from`; a bad row gets its error and stops no other. */
export function dueRows(rows: readonly AskedRow[], options: DueOptions = {}): DueRow[] {
  const ask = asking(options);
  return rows.map((row) => {
    const id = row['id'] ?? '';
    if (row['broken'] !== undefined) return failed(id, row['broken']);
    try {
      const { limit, from, calendar } = ask(cell(row, 'pack'), cell(row, 'limit'), cell(row, 'from'));
      return answered(id, dueOf(limit, from, calendar));
    } catch (error) {
      if (!(error instanceof PackError || error instanceof TimeError || error instanceof RangeError)) throw error;
      return failed(id, options.lang === 'zh' && error instanceof TimeError ? error.zh : error.message);
    }
  });
}

function answered(id: string, { dueAt, provisional }: Due): DueRow {
  return { id, dueAt: formatDue(dueAt), dueInstant: isoBeijing(dueAt), provisional, error: null };
}

function failed(id: string, error: string): DueRow {
  return { id, dueAt: null, dueInstant: null, provisional: null, error };
}

function cell(row: AskedRow, column: string): string {
  const text = row[column]?.trim();
  if (text === undefined || text === '') throw new RangeError(`the row has no ${column}`);
  return text;
}
