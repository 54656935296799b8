/** Forms as data: which fields a step's form has, and which of them the decision needs. */

export type FieldType =
  | 'text'
  | 'boolean'
  | 'money'
  | 'instant'
  | 'integer'
  | 'choice'
  | 'role'
  | 'roles'
  | 'choices'
  | 'person'
  | 'hash'
  | 'number-of-case'
  /** A short machine id (a unit, an estate, a task): no personal data, may travel as a fact. */
  | 'id'
  /** Several of those, each once: candidates, outlets. */
  | 'ids'
  /** Stored files, by hash. */
  | 'files'
  /** A day, `2026-09-30`. */
  | 'date'
  /** An exact number as text, `12.5`: quantities, shares. */
  | 'decimal'
  /** An entry of another register, by its id. */
  | 'ref'
  /** A table: rows of `fields`. Never a fact. */
  | 'rows';

export interface FormField {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  readonly type: FieldType;
  readonly required?: boolean;
  /** Required only when another field has this value, or when it is filled at all (`equals` absent). */
  readonly requiredWhen?: { readonly field: string; readonly equals?: string | boolean };
  /** Allowed values of `choice` and `choices`. */
  readonly options?: readonly string[];
  /** What people read for each option. */
  readonly optionLabels?: Readonly<Record<string, { readonly zh: string; readonly en: string }>>;
  /**
   * True when the workflow decides on it. The wording of a `text` never leaves the document: as a fact it is only
   * `true`, "it is there" (a reason, an evidence).
   */
  readonly fact?: boolean;
  /** Which register a `ref` names an entry of. */
  readonly register?: string;
  /** What a row of `rows` consists of; no rows within rows. */
  readonly fields?: readonly FormField[];
  /** An instant at which something has happened: never later than it is entered. */
  readonly past?: true;
  /** Of a text of a register: kept as it is, so that it may be compared in the store. Every other is sealed for its entry. */
  readonly open?: true;
}

/** Decision-relevant facts: what travels to the workflow. Money is fen, instants are epoch milliseconds. */
export type FactValue = string | number | boolean | readonly string[];
export type Facts = Readonly<Record<string, FactValue>>;
