/** Reads what was entered for an entry: the form's rules, and the checks that the register names. Pure. */
import type { FormProblem } from '../form.ts';
import type { Instant } from '../time.ts';
import { readForm } from '../form.ts';
import type { RegisterDef } from './definition.ts';
import { filterGram, grams, searchable, startGram } from './grams.ts';
import { sealedFields } from './sealed.ts';

export type EntryBody = Readonly<Record<string, unknown>>;

export type EntryReading =
  | { readonly ok: true; readonly body: EntryBody }
  | { readonly ok: false; readonly problems: readonly FormProblem[] };

/** @param now when it is entered; absent: times are not held against it */
export function readEntry(def: RegisterDef, input: unknown, now?: Instant): EntryReading {
  const reading = readForm(def.fields, input, { role: (name) => name, now });
  return reading.ok ? { ok: true, body: reading.document } : reading;
}

/** What of an entry is sought by words and may be read by everybody who has the database, a line a field. */
export function searchText(def: Pick<RegisterDef, 'search' | 'fields'>, body: EntryBody): string {
  const { open } = sought(def);
  return open.map((name) => searchable(wordsOf(body[name]))).join('\n');
}

/** Whether one of the fields that words are sought in holds the word, sealed ones too. */
export function saysWord(def: Pick<RegisterDef, 'search'>, body: EntryBody, word: string): boolean {
  return def.search.some((name) => searchable(wordsOf(body[name])).includes(word));
}

/** Turns a word into what stands in the index for it where it is sealed: always the same, and nobody reads it there. */
export type KeyedWord = (word: string) => string;

/**
 * What stands in the index for an entry: grams of its words and id, and the values its list is narrowed by. Of sealed words nothing
 * stands there but what `keyed` makes of their grams and of each whole value.
 */
export function indexOf(def: Pick<RegisterDef, 'search' | 'filter' | 'fields'>, id: string, body: EntryBody, keyed: KeyedWord): string[] {
  const { open, sealed } = sought(def);
  const words = [id, ...open.map((name) => wordsOf(body[name]))].flatMap(grams);
  const values = def.filter.flatMap((name) => plain(body[name]).map((value) => filterGram(name, value)));
  const hidden = sealed.flatMap((name) => [...grams(wordsOf(body[name])), ...plain(body[name]).map((value) => filterGram(name, value))]);
  return [...new Set([startGram(id), ...words, ...values, ...hidden.map(keyed)])];
}

function sought({ search, fields }: Pick<RegisterDef, 'search' | 'fields'>): { readonly open: string[]; readonly sealed: string[] } {
  const names = sealedFields(fields);
  return { open: search.filter((name) => !names.has(name)), sealed: search.filter((name) => names.has(name)) };
}

function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(wordsOf).join(' ');
  return typeof value === 'object' && value !== null ? Object.values(value).map(wordsOf).join(' ') : '';
}

/** Values of each further key, as one text; a key with an empty field binds nothing. */
export function keysOf(def: Pick<RegisterDef, 'unique'>, body: EntryBody): { readonly name: string; readonly value: string }[] {
  return def.unique.flatMap((fields) => {
    const values = fields.flatMap((name) => plain(body[name]));
    return values.length < fields.length ? [] : [{ name: fields.join('+'), value: values.join('\u001f') }];
  });
}

/** A single value as text: of a list or a table there is none. */
export function plain(value: unknown): [] | [string] {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [String(value).normalize('NFKC')] : [];
}
