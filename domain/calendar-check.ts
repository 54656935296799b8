/** Whether calendar data can be trusted; what is wrong is said by year and day. */
import { expandDays, type CalendarDays } from './calendar-days.ts';
import { toDay, type Day } from './civil.ts';
import { dateOf, weekday } from './time.ts';

export interface CalendarProblem {
  /** Path inside the calendar: `years.2026.off`. */
  readonly path: string;
  readonly message: string;
}

/** Problems of a calendar, none when it may be used: gaps, impossible or contradictory days, a year without working time. */
export function checkCalendar(calendar: CalendarDays): CalendarProblem[] {
  const keys = Object.keys(calendar.years);
  if (keys.length === 0) return [{ path: 'years', message: 'no year at all; at least one is needed' }];
  const odd = keys.filter((year) => !/^[1-9]\d{3}$/.test(year));
  if (odd.length > 0) return odd.map((year) => ({ path: `years.${year}`, message: 'not a four-digit year' }));
  const years = keys.map(Number).toSorted((a, b) => a - b);
  const gaps = years.slice(1).flatMap((year, i) => {
    const before = years[i]!;
    return year === before + 1 ? [] : [{ path: 'years', message: `gap: ${before} is followed by ${year}, years between are missing` }];
  });
  return [...gaps, ...years.flatMap((year) => checkYear(calendar, year))];
}

function checkYear(calendar: CalendarDays, year: number): CalendarProblem[] {
  const data = calendar.years[year]!;
  const problems: CalendarProblem[] = [];
  const add = (field: string, message: string) => problems.push({ path: `years.${year}.${field}`, message });
  const sets = { off: new Set<Day>(), work: new Set<Day>() };
  for (const field of ['off', 'work'] as const) {
    for (const entry of data[field]) {
      try {
        for (const day of expandDays(year, [entry])) {
          if (sets[field].has(day)) add(field, `${dateOf(day)} stands there twice`);
          sets[field].add(day);
        }
      } catch (error) {
        add(field, (error as Error).message);
      }
    }
  }
  for (const day of sets.work) {
    if (sets.off.has(day)) add('work', `${dateOf(day)} is both a day off and a make-up workday`);
    else if (weekday(day) <= 5) add('work', `${dateOf(day)} is a weekday; make-up workdays fall on weekends`);
  }
  if (data.source.trim() === '') add('source', 'the notice is not named');
  if (problems.length === 0 && !hasWorkingDay(year, sets)) add('off', `${year} has no working day left`);
  return problems;
}

function hasWorkingDay(year: number, sets: { off: ReadonlySet<Day>; work: ReadonlySet<Day> }): boolean {
  if (sets.work.size > 0) return true;
  for (let day = toDay(year, 1, 1); day < toDay(year + 1, 1, 1); day++) {
    if (weekday(day) <= 5 && !sets.off.has(day)) return true;
  }
  return false;
}
