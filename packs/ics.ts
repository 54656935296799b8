/** Days off and make-up workdays out of an iCalendar file (RFC 5545): all-day events told apart by their summaries. */
import ICAL from 'ical.js';
import { z } from 'zod';
import { dateOf, dayFromDate, TimeError, type Day } from '../domain/time.ts';
import { PackError, type PlacedProblem } from './problem.ts';

export interface IcsDays {
  /** The calendar's own name, if it has one. */
  readonly name?: string;
  readonly off: readonly Day[];
  readonly work: readonly Day[];
  /** Summaries of events that say neither: festivals that are no days off, notes, cancelled events. */
  readonly unused: readonly string[];
}

type Property = readonly [name: string, parameters: unknown, type: string, ...values: unknown[]];
interface Component {
  readonly name: string;
  readonly properties: readonly Property[];
  readonly parts: readonly Component[];
}

const property = z.tuple([z.string(), z.unknown(), z.string()], z.unknown());
const component: z.ZodType<Component> = z.lazy(() =>
  z
    .tuple([z.string(), z.array(property), z.array(component)])
    .transform(([name, properties, parts]): Component => ({ name, properties, parts })),
);

export function isIcs(text: string): boolean {
  return /^\uFEFF?\s*BEGIN:VCALENDAR/i.test(text);
}

/** Reads every event or none. Throws PackError that names the events, by line and summary, that cannot be taken. */
export function readIcs(given: string, file: string): IcsDays {
  const text = given.replace(/^\uFEFF/, '');
  const calendars = parse(text, file);
  const lines = eventLines(text);
  const problems: PlacedProblem[] = [];
  const kinds = { off: new Map<Day, string>(), work: new Map<Day, string>() };
  const unused: string[] = [];
  const events = calendars.flatMap(({ parts }) => parts.filter(({ name }) => name === 'vevent'));
  for (const [i, event] of events.entries()) {
    const said = valueOf(event, 'summary') ?? '';
    const fail = (wrong: string, right: string): void => {
      problems.push({ file, ...placed(lines[i]), path: `event ${i + 1}${said === '' ? '' : ` "${said}"`}`, wrong, right });
    };
    const kind = kindOf(event, said);
    if (kind === 'unused') unused.push(said);
    else if (kind === 'unclear')
      fail('does not say whether the day is off or worked', 'a summary with 放假 (day off) or 调休上班 (workday)');
    else {
      const other = kinds[kind === 'off' ? 'work' : 'off'];
      for (const day of daysOf(event, fail)) {
        const rival = other.get(day);
        if (rival !== undefined) fail(`${dateOf(day)} is worked and off: "${rival}" says the opposite`, 'one of the two');
        kinds[kind].set(day, said);
      }
    }
  }
  if (problems.length > 0) throw new PackError(problems);
  const name = calendars.map((calendar) => valueOf(calendar, 'x-wr-calname')).find((one) => one !== undefined);
  const [off, work] = [kinds.off, kinds.work].map((days) => [...days.keys()].toSorted((a, b) => a - b));
  return { ...(name === undefined ? {} : { name }), off: off!, work: work!, unused };
}

function parse(text: string, file: string): Component[] {
  try {
    const parsed: unknown = ICAL.parse(text);
    const several = z.array(component).min(1).safeParse(parsed);
    return several.success ? several.data : [component.parse(parsed)];
  } catch (error) {
    const wrong = error instanceof z.ZodError ? 'holds no calendar' : (error as Error).message;
    const quoted = /\) "(.*)"$/.exec(wrong)?.[1];
    const line = quoted === undefined ? -1 : text.split(/\r?\n/).findIndex((one) => one === quoted);
    throw new PackError([
      { file, ...placed(line === -1 ? undefined : line + 1), path: '', wrong, right: 'a whole iCalendar file (RFC 5545)' },
    ]);
  }
}

/** Lines on which the events begin, in order; folded lines begin with a blank. */
function eventLines(text: string): number[] {
  return text.split(/\r?\n/).flatMap((line, i) => (/^BEGIN:VEVENT\s*$/i.test(line) ? [i + 1] : []));
}

function placed(line: number | undefined): { line?: number } {
  return line === undefined ? {} : { line };
}

function find(from: Component, name: string): Property | undefined {
  return from.properties.find(([own]) => own === name);
}

function valueOf(from: Component, name: string): string | undefined {
  const value = find(from, name)?.[3];
  return typeof value === 'string' ? value.trim() : undefined;
}

/** 调休 alone is said of days off and of the days worked for them: it decides nothing. */
function kindOf(event: Component, summary: string): 'off' | 'work' | 'unused' | 'unclear' {
  if (valueOf(event, 'status')?.toUpperCase() === 'CANCELLED') return 'unused';
  const special = valueOf(event, 'x-apple-special-day')?.toUpperCase();
  if (special === 'WORK-HOLIDAY') return 'off';
  if (special === 'ALTERNATE-WORKDAY') return 'work';
  if (/班|work(ing)?[ -]?day|make-?up/i.test(summary)) return 'work';
  const rest = summary.replaceAll('调休', '');
  if (/休|放假|假期|假日|holiday|day[ -]off/i.test(rest)) return 'off';
  return rest === summary ? 'unused' : 'unclear';
}

/** The days of an all-day event; DTEND is the first day after it, without it DURATION or one day. */
function daysOf(event: Component, fail: (wrong: string, right: string) => void): Day[] {
  if (find(event, 'rrule') !== undefined || find(event, 'rdate') !== undefined) {
    fail('repeats by rule', 'one event for each year: no holiday notice repeats');
    return [];
  }
  const from = dayIn(event, 'dtstart', fail);
  if (from === undefined) return [];
  const to = find(event, 'dtend') === undefined ? from + lengthOf(event) : dayIn(event, 'dtend', fail);
  if (to === undefined) return [];
  if (to <= from || to - from > 60) {
    fail(to <= from ? 'ends before it begins' : `lasts ${to - from} days`, 'DTEND as the day after the last day, at most 60 days later');
    return [];
  }
  return Array.from({ length: to - from }, (_, i) => from + i);
}

function dayIn(event: Component, name: 'dtstart' | 'dtend', fail: (wrong: string, right: string) => void): Day | undefined {
  const field = name.toUpperCase();
  const right = `${field};VALUE=DATE:20270101`;
  const value = valueOf(event, name)?.replace(/T::$/, ''); // a date without VALUE=DATE
  if (value === undefined) fail(`has no ${field}`, right);
  else if (value.includes('T')) fail(`${field} ${value} has a time of day: the event is no all-day one`, right);
  else {
    try {
      return dayFromDate(value);
    } catch (error) {
      if (!(error instanceof TimeError)) throw error;
      fail(`${field}: ${error.message.replace(/\.$/, '')}`, right);
    }
  }
  return undefined;
}

function lengthOf(event: Component): number {
  const [, weeks, days] = /^P(?:(\d+)W)?(?:(\d+)D)?$/.exec(valueOf(event, 'duration') ?? '') ?? [];
  return weeks === undefined && days === undefined ? 1 : Number(weeks ?? 0) * 7 + Number(days ?? 0);
}
