/** All rows of a table against one another: which key stands twice, which row is like an earlier one. Pure, so that going on after a kill sees the same. */
import { canonicalJson } from '../domain/canonical.ts';
import type { RegisterDef } from '../domain/register/definition.ts';
import { keysOf, type EntryBody } from '../domain/register/read-entry.ts';
import type { Instant } from '../domain/time.ts';
import type { Table } from '../sheets/table.ts';
import type { Headings } from './headings.ts';
import { headingOf, readRow, say, type RowFault } from './read-row.ts';

export interface ReadRow {
  readonly line: number;
  readonly faults: readonly RowFault[];
  /** Absent when there are faults. */
  readonly body?: EntryBody;
  /** Id of the entry, where the row names one. */
  readonly id?: string;
  /** How many rows before it say just the same. */
  readonly likeBefore: number;
}

/** In the order of the file. The first row with a key has it, the others are named. */
export function readRows(def: RegisterDef, headings: Headings, { rows, broken }: Table, now?: Instant): ReadRow[] {
  const firstWith = new Map<string, number>();
  const alike = new Map<string, number>();
  const read = rows.map((row): ReadRow => {
    const { line } = row;
    const reading = readRow(def, headings, row, now);
    if (!reading.ok) return { line, faults: reading.faults, likeBefore: 0 };
    const { body } = reading;
    const id = def.key === undefined ? reading.id : String(body[def.key]);
    const ids = id === undefined ? [] : [{ name: def.key ?? '', value: id }];
    const faults = [...ids, ...keysOf(def, body)].flatMap(({ name, value }): RowFault[] => {
      const key = `${name}\n${value}`;
      const first = firstWith.get(key);
      if (first === undefined) firstWith.set(key, line);
      return first === undefined ? [] : [repeated(headings, name, first)];
    });
    const text = canonicalJson(body);
    const likeBefore = alike.get(text) ?? 0;
    alike.set(text, likeBefore + 1);
    return faults.length > 0 ? { line, faults, likeBefore } : { line, faults, body, likeBefore, ...(id === undefined ? {} : { id }) };
  });
  const lost = broken.map(({ line, what, remedy }): ReadRow => ({ line, faults: [{ what, remedy }], likeBefore: 0 }));
  return [...read, ...lost].toSorted((a, b) => a.line - b.line);
}

function repeated(headings: Headings, name: string, first: number): RowFault {
  const column = name === '' ? headings.id : name.split('+').map((one) => headingOf(headings, one)).join('+'); // prettier-ignore
  return {
    ...(column === undefined ? {} : { column }),
    what: say(`与第${first}行重复`, `is that of row ${first} already`),
    remedy: say('请保留其中一行', 'keep one of the rows'),
  };
}
