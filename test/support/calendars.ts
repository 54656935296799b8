/** Calendars that a test makes up, whatever today is. */
import type { CalendarDays, CalendarYear } from '../../domain/calendar-days.ts';
import { toCivil } from '../../domain/civil.ts';
import { dateOf, dayOf } from '../../domain/time.ts';

/** Knows no year that matters: every deadline by it that looks at working days is provisional. */
export const sparseCalendar: CalendarDays = {
  id: 'cn',
  version: '2024.1',
  years: { 2024: { source: 'fixture', off: ['01-01'], work: [] } },
};

/** Newer than anything shipped, this year and the next; of the days from tomorrow on, so many are off. */
export function fullCalendar(daysOff: number, number = 1): CalendarDays {
  const today = dayOf(Date.now());
  const last = toCivil(today).year + 2;
  const years: Record<string, CalendarYear> = {};
  for (let year = 2025; year <= last; year++) years[year] = { source: 'fixture', off: [], work: [] };
  for (let i = 1; i <= daysOff; i++) {
    const year = toCivil(today + i).year;
    years[year] = { ...years[year]!, off: [...years[year]!.off, dateOf(today + i).slice(5)] };
  }
  return { id: 'cn', version: `${last}.${number}`, years };
}
