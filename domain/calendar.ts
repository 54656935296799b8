/**
 * Working days as data (C2): Monday to Friday, minus the days off of the yearly notice, plus its make-up workdays. The
 * data has an end; past it the weekday rule answers, marked as not certain (reading 4).
 */
import { expandDays, type CalendarDays } from './calendar-days.ts';
import { toCivil, toDay, type Day } from './civil.ts';
import { weekday } from './time.ts';

export type { CalendarDays } from './calendar-days.ts';

export interface DayKind {
  readonly working: boolean;
  /** False where the year's notice is not loaded, or the next one may still change the day. */
  readonly certain: boolean;
  readonly why: 'weekday' | 'weekend' | 'day-off' | 'make-up-workday';
}

const WHY = ['weekday', 'weekend', 'day-off', 'make-up-workday'] as const;
const KINDS: readonly DayKind[] = [true, false].flatMap((certain) =>
  WHY.map((why) => ({ working: why === 'weekday' || why === 'make-up-workday', certain, why })),
);
const UNCERTAIN = 4;

/** One byte a day from the first to the last loaded day: an index into KINDS. */
interface Compiled {
  readonly first: Day;
  readonly kinds: Uint8Array;
}

const compiledOf = new WeakMap<CalendarDays, Compiled>();

/** What a day is: working or not, why, and whether that is certain. The calendar must not be changed after first use. */
export function dayKind(calendar: CalendarDays, day: Day): DayKind {
  const { first, kinds } = compiled(calendar);
  return KINDS[kinds[day - first] ?? UNCERTAIN + byWeekday(day)]!;
}

function byWeekday(day: Day): number {
  return weekday(day) <= 5 ? 0 : 1;
}

function compiled(calendar: CalendarDays): Compiled {
  const known = compiledOf.get(calendar);
  if (known) return known;
  const made = compile(calendar);
  compiledOf.set(calendar, made);
  return made;
}

function compile(calendar: CalendarDays): Compiled {
  const years = Object.keys(calendar.years).map(Number);
  if (years.length === 0) return { first: 0, kinds: new Uint8Array(0) };
  const last = Math.max(...years);
  const first = toDay(Math.min(...years), 1, 1);
  const kinds = new Uint8Array(toDay(last + 1, 1, 1) - first);
  const openEnd = toDay(last, 12, 25);
  for (let i = 0; i < kinds.length; i++) {
    const day = first + i;
    const covered = day < openEnd && String(toCivil(day).year) in calendar.years;
    kinds[i] = byWeekday(day) + (covered ? 0 : UNCERTAIN);
  }
  for (const [year, { off, work }] of Object.entries(calendar.years)) {
    for (const day of expandDays(Number(year), off)) kinds[day - first] = ((kinds[day - first] ?? 0) & UNCERTAIN) + 2;
    for (const day of expandDays(Number(year), work)) kinds[day - first] = ((kinds[day - first] ?? 0) & UNCERTAIN) + 3;
  }
  return { first, kinds };
}
