/** Fills a form of the pack from a row; what does not fit is named by the column it came from. */
import { readForm, type FormField } from '../../domain/form.ts';
import { resolveRole, type Pack } from '../../domain/pack.ts';
import { isoBeijing } from '../../domain/time.ts';
import type { Source } from '../mapping/schema.ts';
import type { Report } from '../problem.ts';
import type { Row } from '../../sheets/table.ts';
import type { Reader } from './reader.ts';

export type Form = Readonly<Record<string, unknown>>;

/** The form as the desk takes it, or undefined after reporting why not. `partial`: what the register lacks may be missing. */
export function fillForm(
  pack: Pack,
  form: string,
  sources: Readonly<Record<string, Source>>,
  row: Row,
  reader: Reader,
  report: Report,
): Form | undefined {
  const fields = pack.forms[form]?.fields ?? [];
  let failed = false;
  const filled: Record<string, unknown> = {};
  for (const [name, source] of Object.entries(sources)) {
    const field = fields.find((one) => one.name === name);
    const value =
      field === undefined
        ? undefined
        : valueOf(field, source, row, reader, (problem) => {
            failed = true;
            report(problem);
          });
    if (value !== undefined) filled[name] = value;
  }
  const reading = readForm(fields, filled, { role: (text) => resolveRole(pack, text) });
  if (reading.ok) return failed ? undefined : filled;
  for (const { path, en } of failed ? [] : reading.problems) {
    const source = sources[path.replace(/\[\d+\]$/, '')];
    report({
      ...columnOf(source),
      what: `does not fit the form: ${en.replace(/\.$/, '')}`,
      remedy: 'correct the cell, or how the mapping fills this field',
    });
  }
  return undefined;
}

function valueOf(field: FormField, source: Source, row: Row, reader: Reader, report: Report): unknown {
  if ('value' in source) return source.value;
  if ('columns' in source)
    return (
      source.columns
        .map((column) => reader.text(row, column))
        .filter((text) => text !== undefined)
        .join(source.join) || undefined
    );
  const { column, values, otherwise } = source;
  if (field.type === 'instant') {
    const at = reader.time(row, column, report);
    return at === undefined ? otherwise : isoBeijing(at);
  }
  const text = reader.text(row, column);
  if (text === undefined) return otherwise;
  if (values === undefined) return field.type === 'integer' && /^-?\d{1,15}$/.test(text) ? Number(text) : text;
  const value = Object.hasOwn(values, text) ? values[text] : otherwise;
  if (value === undefined)
    report({
      column,
      what: `"${text.slice(0, 40)}" is not among the mapping's values`,
      remedy: `one of: ${Object.keys(values).join(', ')}; or add otherwise`,
    });
  return value;
}

function columnOf(source: Source | undefined): { column?: string } {
  if (source === undefined || 'value' in source) return {};
  return { column: 'column' in source ? source.column : source.columns.join(', ') };
}
