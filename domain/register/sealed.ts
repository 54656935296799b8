/** Which texts of an entry are sealed before it is kept: all but those that its register calls open. Pure. */
import type { FormField } from '../form-field.ts';
import type { EntryBody } from './read-entry.ts';

/** Of a table, whether one of its columns is. What is no text (numbers, days, choices, references, ids, hashes of files) says nothing by itself. */
export const isSealed = ({ type, open, fields = [] }: FormField): boolean =>
  type === 'rows' ? fields.some(isSealed) : type === 'text' && open !== true;

/** Its entries are people or firms: what names one of them is about them. */
export const isOfSomebody = (fields: readonly FormField[]): boolean => fields.some((one) => one.name === 'name' && isSealed(one));

/** Names of what the index may not show. */
export function sealedFields(fields: readonly FormField[]): ReadonlySet<string> {
  return new Set(fields.filter(isSealed).map(({ name }) => name));
}

/** The entry with every text that is sealed, those of tables included, put through `seal`. */
export function sealTexts(fields: readonly FormField[], body: EntryBody, seal: (text: string) => string): EntryBody {
  const byName = new Map(fields.map((field) => [field.name, field]));
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const field = byName.get(name);
      if (field === undefined || !isSealed(field)) return [name, value];
      if (field.type !== 'rows' || !Array.isArray(value)) return [name, throughTexts(value, seal)];
      return [name, (value as readonly EntryBody[]).map((row) => sealTexts(field.fields ?? [], row, seal))];
    }),
  );
}

/** Every text within a value put through `change`. */
export function throughTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => throughTexts(one, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, throughTexts(one, change)]));
}
