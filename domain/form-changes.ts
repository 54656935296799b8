/** What a corrected sheet says otherwise than the one before. */
import { canonicalJson } from './canonical.ts';

export interface FieldChange {
  readonly field: string;
  /** Null: not filled. */
  readonly before: unknown;
  readonly after: unknown;
}

/** Fields of two documents of one form that differ, in the order of the later one, then what it left out. */
export function formChanges(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): FieldChange[] {
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  const of = (document: Readonly<Record<string, unknown>>, name: string): unknown =>
    (Object.hasOwn(document, name) ? document[name] : null) ?? null;
  return names
    .map((field) => ({ field, before: of(before, field), after: of(after, field) }))
    .filter((change) => canonicalJson(change.before) !== canonicalJson(change.after));
}
