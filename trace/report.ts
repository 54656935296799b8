/** A trace as text for a terminal: one line a system, then what is open. */
import type { Trace, TraceRow } from './trace.ts';

export function reportText({ rows, faults }: Trace): string {
  const systems = [...new Set(rows.map((row) => row.system))];
  const head = ['system'.padEnd(20), 'rows', 'tested', 'implemented', 'later', 'missing', 'background'].join('  ');
  return [
    head,
    ...systems.map((system) =>
      line(
        system,
        rows.filter((row) => row.system === system),
      ),
    ),
    line('all', rows),
    '',
    ...laterBy(rows),
    ...(faults.length === 0 ? ['Everything in scope is carried out and proved.'] : ['Missing:', ...faults.map((fault) => `  ${fault}`)]),
  ].join('\n');
}

function line(name: string, rows: readonly TraceRow[]): string {
  const count = (keep: (row: TraceRow) => boolean): number => rows.filter(keep).length;
  const cells: [number, number][] = [
    [rows.length, 4],
    [count((r) => r.status === 'tested'), 6],
    [count((r) => r.status === 'implemented'), 11],
    [count((r) => r.status === 'open' && r.later !== undefined), 5],
    [count((r) => (r.status === 'open' || r.status === 'implemented') && r.later === undefined), 7],
    [count((r) => r.status === 'background'), 10],
  ];
  return [name.padEnd(20), ...cells.map(([n, width]) => String(n).padStart(width))].join('  ');
}

function laterBy(rows: readonly TraceRow[]): string[] {
  const reasons = new Map<string, string[]>();
  for (const row of rows) {
    if (row.later === undefined || row.status !== 'open') continue;
    reasons.set(row.later, [...(reasons.get(row.later) ?? []), row.id]);
  }
  return [...reasons].map(([reason, ids]) => `Later, ${ids.length}: ${reason}`).concat(reasons.size > 0 ? [''] : []);
}
