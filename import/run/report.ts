/** The end of a run in words and as JSON: what was read, what became of it, which promises were kept. */
import { formatInstant } from '../../domain/time.ts';
import { sayRow, type RowProblem } from '../problem.ts';
import type { Plan } from '../tell/plan.ts';
import type { Outcome } from './run.ts';
import type { Recorded } from './verdicts.ts';

export interface Report {
  readonly register: string;
  readonly file: string;
  readonly kind: string;
  readonly shiftWeeks: number;
  readonly from: string | null;
  readonly to: string | null;
  readonly rows: number;
  readonly badRows: number;
  readonly cases: number;
  readonly messages: number;
  readonly reopenings: number;
  readonly reassignments: number;
  readonly problems: readonly RowProblem[];
  readonly notes: readonly RowProblem[];
  readonly run: RunReport | null;
}

export interface RunReport extends Recorded {
  readonly opened: number;
  readonly resumed: number;
  readonly alreadyThere: number;
  readonly refused: readonly RowProblem[];
  readonly left: number;
  readonly stopped: string | null;
  readonly seconds: number;
}

export function reportOf(file: string, plan: Plan): Report {
  const sum = (of: (one: Plan['cases'][number]) => number): number => plan.cases.reduce((total, one) => total + of(one), 0);
  const { mapping, kind, rows, problems, notes, from, to } = plan;
  return {
    register: mapping.register,
    file,
    kind,
    shiftWeeks: mapping.shiftWeeks,
    from: from === undefined ? null : formatInstant(from),
    to: to === undefined ? null : formatInstant(to),
    rows,
    badRows: new Set(problems.map((problem) => problem.line)).size,
    cases: plan.cases.length,
    messages: sum((one) => one.messages.length),
    reopenings: sum((one) => one.reopenings),
    reassignments: sum((one) => one.reassignments),
    problems,
    notes,
    run: null,
  };
}

export function runReportOf(outcome: Outcome, recorded: Recorded, seconds: number): RunReport {
  const { told, resumed, already, refused, left, stopped } = outcome;
  return {
    opened: told.length,
    resumed: resumed.length,
    alreadyThere: already.length,
    refused,
    left,
    stopped: stopped?.message ?? null,
    seconds,
    ...recorded,
  };
}

/** What was read: problems first, so that the totals stand at the end. */
export function sayPlan(report: Report): string {
  const { rows, badRows, cases, messages, reopenings, reassignments, from, to, shiftWeeks } = report;
  const moved = shiftWeeks === 0 ? '' : `, moved by ${shiftWeeks} weeks`;
  return [
    ...report.notes.map((note) => `note: ${sayRow(note)}`),
    ...report.problems.map((problem) => `bad row: ${sayRow(problem)}`),
    `${report.file}: ${report.kind}`,
    `${rows} rows, ${badRows} bad; ${cases} cases with ${reopenings} reopenings and ${reassignments} reassignments, told in ${messages} messages`,
    ...(from === null ? [] : [`from ${from} to ${to}${moved}`]),
  ].join('\n');
}

export function sayRun(run: RunReport): string {
  const { opened, resumed, alreadyThere, refused, left, stopped, seconds, open, closed, escalations, limits } = run;
  return [
    ...refused.map((problem) => `refused: ${sayRow(problem)}`),
    `${opened} cases told, ${resumed} carried on, ${alreadyThere} already there, ${refused.length} refused, ${left} left, in ${seconds.toFixed(1)} s`,
    `${closed} of them are closed, ${open} open; ${escalations} escalations`,
    ...table(limits),
    ...(stopped === null ? [] : [`stopped: ${stopped}`]),
  ].join('\n');
}

function table(limits: RunReport['limits']): string[] {
  if (limits.length === 0) return [];
  const line = (name: string, ...cells: (string | number)[]): string =>
    `  ${name.padEnd(20)}${cells.map((cell) => String(cell).padStart(11)).join('')}`;
  return [
    line('promise', 'kept', 'broken', 'excused', 'no verdict', 'running'),
    ...limits.map(({ limit, kept, broken, excused, unjudged, running }) => line(limit, kept, broken, excused, unjudged, running)),
  ];
}
