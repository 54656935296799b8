/** The rows that were not taken, as they were, with what is wrong: so that people correct just those and send them again. */
import type { Table } from '../sheets/table.ts';
import type { Lang, Values } from '../sheets/write/column.ts';
import { writeCsv } from '../sheets/write/csv.ts';
import { OURS } from './headings.ts';
import type { LineFaults } from './import.ts';
import type { RowFault } from './read-row.ts';

/** `名称:必填;请更正该单元格` */
export function sayFault({ column, what, remedy }: RowFault, lang: Lang): string {
  const at = column === undefined ? '' : `${column}${lang === 'zh' ? ':' : ': '}`;
  return lang === 'zh' ? `${at}${what.zh};${remedy.zh}` : `${at}${what.en}; remedy: ${remedy.en}`;
}

/** CSV: the table's own columns, then the row's number in the file that was sent, then its faults. A row that could not be taken apart stands whole in the first cell. */
export function reportCsv(table: Table, faults: readonly LineFaults[], lang: Lang): AsyncGenerator<string> {
  const theirs = table.columns.map((heading) => ({ zh: heading, en: heading }));
  const columns = [...theirs, OURS.line, OURS.fault].map((heading) => ({ ...heading, type: 'text' as const }));
  return writeCsv(columns, rowsOf(table, faults, lang), lang);
}

async function* rowsOf({ columns, rows, broken }: Table, faults: readonly LineFaults[], lang: Lang): AsyncGenerator<Values> {
  const cells = new Map(rows.map((row) => [row.line, row.cells]));
  const raw = new Map(broken.map((row) => [row.line, row.raw]));
  for (const { line, faults: found } of faults) {
    const own = columns.map((name, i) => cells.get(line)?.get(name)?.text ?? (i === 0 ? (raw.get(line) ?? '') : ''));
    yield [...own, String(line), found.map((fault) => sayFault(fault, lang)).join('\n')];
  }
}
