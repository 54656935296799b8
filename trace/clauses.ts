/** Clause by clause: what the document asks, what redress does, where; a reading is marked as such. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { saidIn } from './said.ts';
import type { TraceRow } from './trace.ts';

/** Lines of Markdown. */
export function clausesOf(root: string, rows: readonly TraceRow[]): string[] {
  const says = new Map<string, Map<string, string[]>>();
  for (const path of new Set(rows.flatMap((row) => row.code))) says.set(path, byId(root, path));
  return [
    '## Clause by clause',
    '',
    'A row marked *reading* is where the text is silent or contradicts itself; what is said there is the choice made.',
    '',
    '| id | clause | the text | what redress does | where | proved by |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map((row) => line(row, says)),
    '',
  ];
}

function line(row: TraceRow, says: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>): string {
  const done = [...new Set(row.code.flatMap((path) => says.get(path)?.get(row.id) ?? []))].join('<br>');
  const what = done === '' ? notDone(row) : row.kind === 'X' ? `*reading:* ${done}` : done;
  const cells = [row.id, row.clause, row.text, what, ...[row.code, row.tests].map((paths) => paths.map((p) => `\`${p}\``).join('<br>'))];
  return `| ${cells.map(cell).join(' | ')} |`;
}

function notDone(row: TraceRow): string {
  if (row.disposition === 'background') return 'background: nothing to carry out';
  return row.later === undefined ? '' : `later: ${row.later}`;
}

function byId(root: string, path: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { id, text } of saidIn(readFileSync(join(root, path), 'utf8'), path.endsWith('.yaml') ? 'yaml' : 'ts')) {
    if (text !== '') found.set(id, [...(found.get(id) ?? []), text]);
  }
  return found;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
