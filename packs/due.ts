/** Deadlines asked for by names: one with its reasons, or many from rows of text. */
import type { CalendarDays } from '../domain/calendar.ts';
import { deadline, type Deadline } from '../domain/deadline.ts';
import type { Pack, PackLimit } from '../domain/pack.ts';
import { formatDue, isoBeijing, parseBeijing, TimeError, type Instant } from '../domain/time.ts';
import { loadCalendar, loadPack } from './load.ts';
import { PackError } from './problem.ts';

export interface AskedDeadline extends Deadline {
  readonly pack: Pack;
  readonly limit: PackLimit;
  readonly from: Instant;
}

/**
 * A function that answers by pack id, limit name and Beijing time, and reads each pack once. Its answers throw PackError,
 * TimeError or RangeError with what would be right.
 */
export function deadlines(): (pack: string, limit: string, from: string) => AskedDeadline {
  const known = new Map<string, { pack: Pack; calendar: CalendarDays }>();
  return (id, name, text) => {
    const found = known.get(id) ?? read(id);
    known.set(id, found);
    const limit = limitOf(found.pack, name);
    const from = parseBeijing(text);
    return { pack: found.pack, limit, from, ...deadline(limit, from, found.calendar) };
  };
}

function read(id: string): { pack: Pack; calendar: CalendarDays } {
  const pack = loadPack(id);
  return { pack, calendar: loadCalendar(pack.calendarId) };
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

/** Answers rows with `id`, `pack`, `limit`, `from`; a bad row gets its error and stops no other. */
export function dueRows(rows: readonly Readonly<Record<string, string | undefined>>[]): DueRow[] {
  const ask = deadlines();
  return rows.map((row) => {
    const id = row['id'] ?? '';
    try {
      const { dueAt, provisional } = ask(cell(row, 'pack'), cell(row, 'limit'), cell(row, 'from'));
      return { id, dueAt: formatDue(dueAt), dueInstant: isoBeijing(dueAt), provisional, error: null };
    } catch (error) {
      if (!(error instanceof PackError || error instanceof TimeError || error instanceof RangeError)) throw error;
      return { id, dueAt: null, dueInstant: null, provisional: null, error: (error as Error).message };
    }
  });
}

function cell(row: Readonly<Record<string, string | undefined>>, column: string): string {
  const text = row[column]?.trim();
  if (text === undefined || text === '') throw new RangeError(`the row has no ${column}`);
  return text;
}
