/**
 * Reads what was entered into a form: each field by its type, unknown fields refused, all problems at once. What comes
 * out is the whole form in one normal form (the document) and the part the workflow decides on (the facts).
 */
import type { RefusalCode } from './errors.ts';
import type { FactValue, Facts, FormField } from './form-field.ts';
import { isMissing, readField, FieldError, type FormResolver } from './read-field.ts';

export type { FactValue, Facts, FormField } from './form-field.ts';
export type { FormResolver } from './read-field.ts';

export interface FormProblem {
  /** Field, with the index inside a list: `signedBy[2]`; empty for the form as a whole. */
  readonly path: string;
  readonly zh: string;
  readonly en: string;
  /** The refusal that this problem is, when it stands alone. */
  readonly code: RefusalCode;
}

export type FormReading =
  | { readonly ok: true; readonly facts: Facts; readonly document: Record<string, unknown> }
  | { readonly ok: false; readonly problems: readonly FormProblem[] };

/**
 * Checks and normalises `input` against `fields`. Null, undefined, blank text and empty lists count as not filled. In
 * the document money is plain yuan (`12300.00`), an instant ISO with +08:00, a role its id, a text NFC; reading a
 * document again gives the same document and facts.
 */
export function readForm(fields: readonly FormField[], input: unknown, resolver: FormResolver): FormReading {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return { ok: false, problems: [{ path: '', zh: '表单须为字段与值。', en: 'A form is an object of fields.', code: 'bad-facts' }] };
  }
  const given = input as Record<string, unknown>;
  const problems = unknownFields(fields, given);
  const facts: Record<string, FactValue> = {};
  const document: Record<string, unknown> = {};
  for (const field of fields) {
    try {
      const value = Object.hasOwn(given, field.name) ? readField(field, given[field.name], resolver) : undefined;
      if (value === undefined) continue;
      document[field.name] = value.document;
      if (field.fact) facts[field.name] = field.type === 'text' ? true : value.fact;
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      problems.push({ path: error.path, zh: `${field.zh}:${error.zh}`, en: `${field.en}: ${error.message}`, code: error.code });
    }
  }
  const failed = new Set(problems.map((p) => p.path.replace(/\[\d+\].*$/, '')));
  problems.push(...fields.filter((f) => !failed.has(f.name) && isMissing(f, document)).map(missing));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, facts, document };
}

export interface NamedFile {
  readonly hash: string;
  /** `photos[1]`: the field and the place in it. */
  readonly path: string;
}

/** The stored files that a form's document names. */
export function filesNamed(fields: readonly FormField[], document: Readonly<Record<string, unknown>>): NamedFile[] {
  return fields
    .filter((f) => f.type === 'files')
    .flatMap(({ name }) => ((document[name] ?? []) as readonly string[]).map((hash, i) => ({ hash, path: `${name}[${i}]` })));
}

function unknownFields(fields: readonly FormField[], given: Record<string, unknown>): FormProblem[] {
  const known = new Set(fields.map((f) => f.name));
  const list = [...known].join(', ');
  return Object.keys(given)
    .filter((name) => !known.has(name))
    .map((name) => ({
      path: name,
      zh: `没有“${name}”一栏;可填:${list || '无'}。`,
      en: `There is no field "${name}"; the fields are: ${list || 'none'}.`,
      code: 'bad-facts',
    }));
}

const MISSING_CODES: Readonly<Record<string, RefusalCode>> = { reason: 'reason-missing', evidence: 'evidence-missing' };

function missing(field: FormField): FormProblem {
  return {
    path: field.name,
    zh: `${field.zh}:必填。`,
    en: `${field.en}: must be filled.`,
    code: MISSING_CODES[field.name] ?? 'bad-facts',
  };
}
