/** Runs a candidate over the record: case by case, page by page. Reads only. */
import type { Db } from '../db/database.ts';
import { caseRecords, type CaseRecord } from '../db/read/histories.ts';
import type { AnyEvent } from '../domain/case/event.ts';
import { TimelyHandling, type Period } from '../domain/kpi/timely-handling.ts';
import { Tally } from '../domain/kpi/share.ts';
import { formatDue, type Instant } from '../domain/time.ts';
import { differences } from '../domain/what-if/differences.ts';
import type { Judged } from '../domain/what-if/judged.ts';
import { judgedKinds } from '../domain/what-if/kinds.ts';
import { recorded } from '../domain/what-if/recorded.ts';
import { rejudge, type Rulebook } from '../domain/what-if/rejudge.ts';
import type { Candidate } from './candidate.ts';
import { compose } from './compose.ts';
import type { WhatIf } from './report.ts';
import { RuleShelf } from './rule-shelf.ts';
import { Totals } from './totals.ts';

export interface Question {
  readonly candidate: Candidate;
  /** Cases of this pack id. */
  readonly against: string;
  readonly from?: Instant | undefined;
  readonly until?: Instant | undefined;
  /** The record as it stood then; what is open then is open. */
  readonly asOf: Instant;
  /** Of TS.M1; all opinions without. */
  readonly period?: Period | undefined;
}

/** What one run gathers; `compose` makes the report of it. */
export class Gathered {
  cases = 0;
  compared = 0;
  readonly totals = new Totals();
  readonly different: WhatIf['audit']['different'][number][] = [];
  readonly notCompared = new Tally();
  /** Limit → cases whose record holds nothing to judge it by. */
  readonly notEvaluable = new Map<string, Tally>();
  readonly handled = { before: new TimelyHandling(), after: new TimelyHandling() };
}

export async function whatIf(db: Db, question: Question): Promise<WhatIf> {
  const { against, from, until } = question;
  const shelf = new RuleShelf(db);
  const gathered = new Gathered();
  const at = (instant: Instant | undefined): Date | undefined => (instant === undefined ? undefined : new Date(instant));
  for await (const page of caseRecords(db, { pack: against, from: at(from), until: at(until), kinds: judgedKinds })) {
    for (const record of page) await judge(record, question, shelf, gathered);
  }
  return compose(question, gathered, shelf.books);
}

async function judge(
  { number, events: all }: CaseRecord,
  { candidate, asOf }: Question,
  shelf: RuleShelf,
  gathered: Gathered,
): Promise<void> {
  const events = all.filter((event) => event.recordedAt <= asOf);
  const [opened] = events;
  if (opened?.kind !== 'opened') return;
  gathered.cases += 1;
  const pinned = await shelf.of(opened);
  const before = recorded(events);
  audit(number, events, before, pinned, asOf, gathered);
  const after = rejudge(events, candidate, asOf, pinned?.rules);
  gathered.totals.add(number, before, after);
  for (const clock of before.clocks) gathered.handled.before.add({ case: number, ...clock });
  for (const clock of after.clocks) gathered.handled.after.add({ case: number, ...clock });
  for (const limit of Object.keys(candidate.rules.limits)) {
    if (pinned !== undefined && !Object.hasOwn(pinned.rules.limits, limit)) tallyOf(gathered.notEvaluable, limit).add(number);
  }
}

/** The record against its own rules: what they make of the same facts must be what was recorded. */
function audit(
  number: string,
  events: readonly AnyEvent[],
  before: Judged,
  pinned: Rulebook | undefined,
  asOf: Instant,
  gathered: Gathered,
): void {
  if (pinned === undefined || events.some((event) => changedRules.includes(event.kind))) return gathered.notCompared.add(number);
  gathered.compared += 1;
  const found = differences(before, rejudge(events, pinned, asOf, pinned.rules), formatDue);
  if (found.length > 0) gathered.different.push({ case: number, differences: found });
}

const changedRules: readonly string[] = ['rebased', 'clock-recomputed'];

function tallyOf(tallies: Map<string, Tally>, name: string): Tally {
  const tally = tallies.get(name) ?? new Tally();
  tallies.set(name, tally);
  return tally;
}
