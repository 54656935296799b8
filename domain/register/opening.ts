/** An entry of a register that becomes a case: what of it goes into the form of the opening. Pure. */
import type { FormField } from '../form-field.ts';
import type { EntryBody } from './read-entry.ts';

/** Fields that mean the same by another name, of the form that opens a case. */
const CALLED: Readonly<Record<string, string>> = {
  complainant: 'customer',
  suggestedBy: 'customer',
  company: 'customer',
  customerName: 'customer',
  complainedAt: 'at',
  demand: 'content',
  summary: 'content',
};

/** Values of single fields, by name; whoever opens the case looks over it and may say otherwise. */
export function prefilled(body: EntryBody, fields: readonly FormField[]): Record<string, unknown> {
  const filled = fields.flatMap(({ name, type, options }): [string, unknown][] => {
    const value = Object.hasOwn(body, name) ? body[name] : body[Object.hasOwn(CALLED, name) ? (CALLED[name] ?? '') : ''];
    if (type === 'files') return Array.isArray(value) ? [[name, value]] : [];
    if (typeof value !== 'string' && typeof value !== 'boolean' && typeof value !== 'number') return [];
    return type === 'choice' && !(options ?? []).includes(String(value)) ? [] : [[name, value]];
  });
  return Object.fromEntries(filled);
}
