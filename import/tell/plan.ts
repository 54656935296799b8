/** The whole register as cases to tell, with every bad row named. Nothing is sent: this is the dry run. */
import { createHash } from 'node:crypto';
import type { CalendarDays } from '../../domain/calendar.ts';
import { dateOf, dayOf, formatInstant, type Instant } from '../../domain/time.ts';
import type { LoadedMapping } from '../mapping/load.ts';
import type { Mapping } from '../mapping/schema.ts';
import { byLine, type RowProblem } from '../problem.ts';
import type { Register } from '../read/register.ts';
import { groupRows } from './group.ts';
import { messagesOf, type PastMessage, type Telling } from './messages.ts';
import { personOf } from './people.ts';
import { Reader } from './reader.ts';
import { readRow, type ReadRow } from './read-row.ts';
import { storyOf, type Story } from './story.ts';

export interface PastCase {
  /** Key of the case as it may stand in an idempotency key. */
  readonly id: string;
  readonly lines: readonly number[];
  readonly messages: readonly PastMessage[];
  /** The last message closes it. */
  readonly closes: boolean;
  readonly reopenings: number;
  readonly reassignments: number;
}

export interface Plan {
  readonly mapping: Mapping;
  /** Kind of file it was read from. */
  readonly kind: string;
  readonly rows: number;
  readonly cases: readonly PastCase[];
  readonly problems: readonly RowProblem[];
  readonly notes: readonly RowProblem[];
  /** First opening and last event, after the shift. */
  readonly from?: Instant;
  readonly to?: Instant;
}

export interface PlanOptions {
  readonly now: Instant;
  /** Under it, persons get their pseudonyms. */
  readonly key: Uint8Array;
  readonly calendar: Pick<CalendarDays, 'years'>;
  /** At most so many cases, the first of the file. */
  readonly limit?: number | undefined;
}

export function planImport(register: Register, { mapping, pack }: Pick<LoadedMapping, 'mapping' | 'pack'>, options: PlanOptions): Plan {
  const reader = new Reader(mapping);
  const problems: RowProblem[] = [...register.problems];
  const notes: RowProblem[] = [];
  const rows: ReadRow[] = [];
  const held = new Set<string>();
  for (const row of register.rows) {
    const reading = readRow(row, reader);
    if (reading.ok) rows.push(reading.read);
    else {
      problems.push(...reading.problems);
      if (reading.key !== undefined) held.add(reading.key);
    }
  }
  const grouped = groupRows(rows, mapping);
  problems.push(...grouped.problems);
  const telling: Telling = { mapping, pack, reader, person: (name) => personOf(name, mapping, options.key) };
  const cases: PastCase[] = [];
  for (const group of grouped.groups.slice(0, options.limit)) {
    const story = storyOf(group, mapping.moments.opened.at);
    problems.push(...story.problems);
    notes.push(...story.notes);
    if (mapping.badRow === 'holdCase' && (held.has(story.key) || story.problems.length > 0)) {
      notes.push({ line: story.lines[0]!, what: 'this case waits: one of its rows is bad', remedy: 'put that row right and run again' });
      continue;
    }
    const messages = messagesOf(story, telling, problems, notes);
    const future = messages?.findLast((message) => message.occurredAt > options.now);
    if (future !== undefined) problems.push(inFuture(story, future, options.now));
    else if (messages !== undefined) cases.push(toCase(story, messages));
  }
  const times = cases.flatMap((one) => [one.messages[0]!.occurredAt, one.messages.at(-1)!.occurredAt]);
  const span = times.length === 0 ? {} : { from: times.reduce((a, b) => Math.min(a, b)), to: times.reduce((a, b) => Math.max(a, b)) };
  if (span.from !== undefined) notes.push(...outsideCalendar(span.from, span.to, options.calendar));
  return {
    mapping,
    kind: register.kind,
    rows: register.rows.length + register.problems.length,
    cases,
    problems: problems.sort(byLine),
    notes: notes.sort(byLine),
    ...span,
  };
}

const WEEK_MS = 7 * 86_400_000;

function inFuture(story: Story, { step, occurredAt }: PastMessage, now: Instant): RowProblem {
  const weeks = Math.ceil((occurredAt - now) / WEEK_MS);
  return {
    line: story.lines.at(-1)!,
    what: `its ${step} would lie in the future (${formatInstant(occurredAt)})`,
    remedy: `shift by ${weeks} weeks less`,
  };
}

function toCase({ key, lines, rounds, closed }: Story, messages: readonly PastMessage[]): PastCase {
  const people = messages.filter(({ step }) => step === 'assign').map(({ form }) => form['person']);
  return {
    id: /^[A-Za-z0-9._-]{1,64}$/.test(key) ? key : `h-${createHash('sha256').update(key).digest('hex').slice(0, 24)}`,
    lines,
    messages,
    closes: closed !== undefined,
    reopenings: rounds.length - 1,
    reassignments: people.filter((person, i) => i > 0 && person !== people[i - 1]).length,
  };
}

/** Working days outside the loaded calendars are only supposed: deadlines there would be provisional. */
function outsideCalendar(from: Instant, to: Instant, { years }: PlanOptions['calendar']): RowProblem[] {
  const covered = Object.keys(years)
    .map(Number)
    .sort((a, b) => a - b);
  const year = (at: Instant): number => Number(dateOf(dayOf(at)).slice(0, 4));
  const [first, last] = [covered[0] ?? 0, covered.at(-1) ?? 0];
  if (year(from) >= first && year(to) <= last) return [];
  return [
    {
      line: 1,
      what: `the register reaches beyond the calendar's years ${first} to ${last}: its deadlines are provisional`,
      remedy: 'shiftWeeks moves all times by whole weeks',
    },
  ];
}
