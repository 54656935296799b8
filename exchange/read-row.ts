/** A row of a table as an entry: each cell by its field's type. What does not fit is named by column. Pure. */
import type { FormField } from '../domain/form-field.ts';
import { isoBeijing, type Instant } from '../domain/time.ts';
import type { RegisterDef } from '../domain/register/definition.ts';
import { readEntry, type EntryBody } from '../domain/register/read-entry.ts';
import type { Cell, Fault, Row, Said } from '../sheets/table.ts';
import { instantOfWall } from '../sheets/wall.ts';
import type { Headings } from './headings.ts';

/** What is wrong in a row; `column` is absent when it is the row as a whole. */
export interface RowFault extends Fault {
  readonly column?: string;
}

export type RowReading =
  | { readonly ok: true; readonly body: EntryBody; readonly id?: string }
  | { readonly ok: false; readonly faults: readonly RowFault[] };

export const say = (zh: string, en: string): Said => ({ zh, en });
const correct = say('请更正该单元格', 'correct the cell');

/** What was entered without regard to checks against other entries. All faults at once. */
export function readRow(def: RegisterDef, headings: Headings, row: Row, now?: Instant): RowReading {
  const faults: RowFault[] = [];
  const input: Record<string, unknown> = {};
  if (row.unnamed !== undefined) {
    faults.push({
      column: row.unnamed,
      what: say('有内容,但该列没有标题', 'holds something, but the column has no heading'),
      remedy: say('请补上标题或清空该单元格', 'give the column a heading, or clear the cell'),
    });
  }
  for (const [heading, field] of headings.fields) {
    const cell = row.cells.get(heading);
    if (cell?.fault !== undefined) faults.push({ column: heading, ...cell.fault });
    else if (cell !== undefined && cell.text !== '') input[field.name] = valueOf(field, cell);
  }
  const id = headings.id === undefined ? undefined : row.cells.get(headings.id);
  if (id?.fault !== undefined) faults.push({ column: headings.id ?? '', ...id.fault });
  const reading = readEntry(def, input, now);
  if (!reading.ok) {
    for (const { path, zh, en } of reading.problems) {
      const column = headingOf(headings, path);
      // Of a cell with a fault the field is not filled: that it must be is no second fault.
      if (faults.some((fault) => fault.column === column)) continue;
      const { zh: labelZh, en: labelEn } = headings.fields.get(column.replace(/[[.].*$/, '')) ?? { zh: '', en: '' };
      faults.push({ column, what: say(withoutLabel(zh, labelZh), withoutLabel(en, labelEn)), remedy: correct });
    }
    const places = [...headings.fields.keys()];
    const place = ({ column = '' }: RowFault): number => places.indexOf(column.replace(/\[.*$/, ''));
    return { ok: false, faults: faults.toSorted((a, b) => place(a) - place(b)) };
  }
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, body: reading.body, ...(id === undefined || id.text === '' ? {} : { id: id.text }) };
}

/** The column is named by its heading already. */
const withoutLabel = (text: string, label: string): string =>
  (label !== '' && text.startsWith(label) ? text.slice(label.length).replace(/^[::]\s*/, '') : text).replace(/[。.]$/, '');

/** Heading of the column that a field's path is in; the path itself where it has none. */
export function headingOf({ fields }: Headings, path: string): string {
  const name = /^[A-Za-z][A-Za-z0-9]*/.exec(path)?.[0] ?? path;
  const heading = [...fields].find(([, field]) => field.name === name)?.[0];
  return heading === undefined ? path : `${heading}${path.slice(name.length)}`;
}

const YES = /^(?:是|√|✓|true|yes|y|1)$/i;
const NO = /^(?:否|×|false|no|n|0)$/i;

function valueOf(field: FormField, cell: Cell): unknown {
  const { text, wall } = cell;
  switch (field.type) {
    case 'boolean':
      return YES.test(text) ? true : NO.test(text) ? false : text;
    case 'integer':
      return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
    case 'money':
      return withoutUnit(text.replace(/^[¥¥]\s*/, ''));
    case 'decimal':
      return /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text;
    case 'instant':
      return wall === undefined ? dashed(text) : isoBeijing(instantOfWall(wall));
    case 'date':
      return wall === undefined ? dashed(text) : text.replace(/ 00:00:00$/, '');
    case 'choice':
      return optionOf(field, text);
    case 'choices':
      return listed(text).map((one) => optionOf(field, one));
    case 'roles':
    case 'ids':
    case 'files':
      return listed(text);
    case 'rows':
      return rowsOf(text);
    default:
      return text;
  }
}

/** `2026/3/9 9:20` and `2026年3月9日` as `2026-03-09 09:20`, `2026-03-09`. */
function dashed(text: string): string {
  const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s+(\d{1,2})(:.+))?$/.exec(text);
  if (found === null) return text;
  const [, year, month = '', day = '', hour, rest = ''] = found;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return hour === undefined ? date : `${date} ${hour.padStart(2, '0')}${rest}`;
}

/** An option by its id or by what people read for it. */
function optionOf({ options = [], optionLabels = {} }: FormField, text: string): string {
  if (options.includes(text)) return text;
  return options.find((id) => optionLabels[id]?.zh === text || optionLabels[id]?.en.toLowerCase() === text.toLowerCase()) ?? text;
}

const listed = (text: string): string[] =>
  text
    .split(/[、,,;;\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** Rows are written as JSON; what is none is told as not being a list. */
function rowsOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return [text];
  }
}

const withoutUnit = (text: string): string => (text.endsWith('元') ? text.slice(0, -1).trimEnd() : text);
