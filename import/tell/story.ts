/** From the rows of one case to its story: when it was opened, resolved, reopened, closed, and who held it in between. */
import type { Instant } from '../../domain/time.ts';
import type { RowProblem } from '../problem.ts';
import type { Row } from '../../sheets/table.ts';
import { inOrder, marksOf, type Happening } from './happenings.ts';
import type { ReadRow } from './read-row.ts';

export interface Point {
  readonly at: Instant;
  readonly row: Row;
}

export interface Holding {
  readonly name: string;
  readonly at: Instant;
}

export interface Round {
  readonly start: Point;
  readonly resolved?: Point;
  /** The customer came back: the next round starts. */
  readonly reopened?: Point;
  readonly holders: readonly Holding[];
}

export interface Story {
  readonly key: string;
  readonly lines: readonly number[];
  readonly rounds: readonly Round[];
  readonly closed?: Point;
  /** Bad rows, which the story leaves out. */
  readonly problems: readonly RowProblem[];
  /** What was understood in spite of itself. */
  readonly notes: readonly RowProblem[];
}

interface OpenRound {
  start: Point;
  resolved?: Point;
  reopened?: Point;
}

/** `group` has at least one row. Several resolutions or closings of a round: the last one counts. */
export function storyOf(group: readonly ReadRow[], openedColumn: string): Story {
  const { rows, notes } = inOrder(group);
  const first = rows[0]!;
  const { opened } = first;
  for (const row of rows)
    if (row.opened !== opened) notes.push(note(row.line, openedColumn, `differs from line ${first.line}`, 'the earlier line counts'));
  const { happenings, problems } = marksOf(rows, opened);
  const rounds: OpenRound[] = [{ start: { at: opened, row: first.row } }];
  let closings: Happening[] = [];
  for (const happening of happenings) {
    const round = rounds.at(-1)!;
    const { at, row, line, column } = happening;
    if (happening.name === 'resolved') {
      if (closings.length === 0) round.resolved = { at, row };
      else problems.push(bad(line, column, `lies after the closing of line ${closings[0]!.line}`, 'correct one of the two times'));
    } else if (happening.name === 'closed') closings.push(happening);
    else if (round.resolved === undefined && closings.length === 0)
      notes.push(note(line, column, 'reopened without having been resolved', 'it stays in its round'));
    else {
      round.resolved ??= pointOf(closings.at(-1)!);
      round.reopened = { at, row };
      rounds.push({ start: { at, row } });
      closings = [];
    }
  }
  const closing = closings.at(-1);
  if (closings.length > 1)
    notes.push(note(closing!.line, closing!.column, `the case is closed in ${closings.length} rows`, 'the last one counts'));
  if (closing !== undefined) rounds.at(-1)!.resolved ??= pointOf(closing);
  return {
    key: first.key,
    lines: rows.map((row) => row.line),
    rounds: rounds.map((round, i) => ({ ...round, holders: holdersOf(rows, opened, round.start.at, rounds[i + 1]?.start.at) })),
    ...(closing === undefined ? {} : { closed: pointOf(closing) }),
    problems,
    notes,
  };
}

const pointOf = ({ at, row }: Happening): Point => ({ at, row });

/** Who held the work in a round, change by change; one noted before the opening holds from the opening on. */
function holdersOf(rows: readonly ReadRow[], opened: Instant, from: Instant, to = Number.POSITIVE_INFINITY): Holding[] {
  const holders: Holding[] = [];
  for (const { holder } of rows) {
    if (holder === undefined) continue;
    const at = Math.max(holder.at, opened);
    if (at >= from && at < to && holders.at(-1)?.name !== holder.name) holders.push({ name: holder.name, at });
  }
  return holders;
}

const bad = (line: number, column: string, what: string, remedy: string): RowProblem => ({ line, column, what, remedy });
const note = bad;
