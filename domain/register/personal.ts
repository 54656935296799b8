/** Which texts of an entry are personal: what is sealed before it is kept. Pure. */
import type { FormField } from '../form-field.ts';
import type { EntryBody } from './read-entry.ts';

/** Names of what the index may not show. */
export function personalFields(fields: readonly FormField[]): ReadonlySet<string> {
  return new Set(fields.flatMap(({ name, personal }) => (personal === true ? [name] : [])));
}

/**
 * The entry with every text in its personal fields, those of tables included, put through `seal`. References, numbers of cases, files
 * and what is no text say nothing by themselves and stay.
 */
export function sealPersonal(fields: readonly FormField[], body: EntryBody, seal: (text: string) => string): EntryBody {
  const byName = new Map(fields.map((field) => [field.name, field]));
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const field = byName.get(name);
      if (field === undefined) return [name, value];
      if (field.type === 'rows' && field.personal !== true && Array.isArray(value)) {
        const rows = value as readonly EntryBody[];
        return [name, rows.map((row) => sealPersonal(field.fields ?? [], row, seal))];
      }
      return [name, field.personal === true && !OPEN_TYPES.has(field.type) ? throughTexts(value, seal) : value];
    }),
  );
}

const OPEN_TYPES: ReadonlySet<string> = new Set(['ref', 'number-of-case', 'files', 'choice']);

/** Every text within a value put through `change`. */
export function throughTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => throughTexts(one, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, throughTexts(one, change)]));
}
