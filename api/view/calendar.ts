/** Calendars and what a year does to them, as they are read. */
import { coverageEnd, warnMissingYear, type YearPreview } from '../../domain/calendar-year.ts';
import type { CalendarDays } from '../../domain/calendar.ts';
import { formatDue, type Instant } from '../../domain/time.ts';
import type { DueChange } from '../../desk/index.ts';

export function coverageView(calendar: CalendarDays, now: Instant) {
  const end = coverageEnd(calendar);
  return { loadedTo: end?.loadedTo ?? null, certainTo: end?.certainTo ?? null, warning: warnMissingYear(calendar, now) ?? null };
}

export function calendarView(calendar: CalendarDays, now: Instant) {
  const { id, version, years } = calendar;
  return { id, version, years: Object.keys(years), ...coverageView(calendar, now) };
}

export function yearView({ daysOff, makeUpDays, differences, ...rest }: YearPreview, unused: readonly string[]) {
  return {
    ...rest,
    daysOff: [...daysOff],
    makeUpDays: [...makeUpDays],
    differences: differences.map((one) => ({ ...one })),
    unused: [...unused],
  };
}

export const dueChangeView = ({ clock, from, to, provisional }: DueChange) => ({
  clock,
  from: formatDue(from),
  to: formatDue(to),
  provisional,
});
