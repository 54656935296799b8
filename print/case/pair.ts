/** A field and what it holds, as a line or half a line of a print. */
import type { FormField } from '../../domain/form.ts';
import type { Pair } from '../kit/sheet.ts';
import { sayField } from './words.ts';

/** Texts, tables and files need the width of the line. */
export function pairOf(field: FormField, value: unknown, known: Parameters<typeof sayField>[2]): Pair {
  const said = sayField(field, value, known);
  const long = field.type === 'rows' || field.type === 'files' || field.type === 'hash' || field.type === 'ids' || said.length > 24;
  return { label: field.zh, value: said, ...(long || isWording(field) ? { wide: true } : {}) };
}

/** Names and numbers of telephones are short; what is told or explained is not. */
const isWording = ({ type, name }: FormField): boolean =>
  type === 'text' &&
  !/name|phone|address|contact|company|complainant|product|model|spec|serial|batch|number|date|quantity|unit|by$/i.test(name);
