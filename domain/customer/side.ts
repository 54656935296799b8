/**
 * What customers see of a procedure and may do in it without signing in. Beside the pack, not in it: it decides nothing, so a better
 * word for a stage holds for running cases at once.
 */
import type { FactValue } from '../form-field.ts';
import type { Label, LimitName, RoleId, StepId } from '../pack.ts';

/** Who says in the record what customers say online: no person, and nobody can sign in as it. */
export const CUSTOMER_WEB = 'customer-web';

export interface CustomerSide {
  /** The packs it holds for. */
  readonly packs: readonly string[];
  /** Kinds of case that have a customer: nobody outside follows another, whoever would give them a link. */
  readonly kinds: readonly string[];
  /** In which role of theirs it is said. */
  readonly role: RoleId;
  /** Who calls the customer, where the stage does not say otherwise. */
  readonly contact: Label;
  /** Field of every opening's form that holds the telephone; its end is what a tracking link asks for. */
  readonly telephone: string;
  /** Absent: cases are not opened online. */
  readonly intake?: Intake;
  /** By stage of the case; one that is not named is in hand. */
  readonly stages: Readonly<Record<string, Label & { readonly contact?: Label }>>;
  /** Limits that are promises to the customer, in the customer's words. */
  readonly promises: Readonly<Record<LimitName, Label>>;
  /** The step that asks for the customer's opinion, and its answers. */
  readonly opinion?: Opinion;
  /** Whether the customer can be asked online to consent to an extension: the step, which must take that consent. */
  readonly extension?: { readonly step: StepId };
}

export interface Intake {
  readonly kinds: readonly string[];
  /** Of the opening's form, what the customer fills in; the telephone is one of them and always required. */
  readonly fields: readonly string[];
  readonly required: readonly string[];
  /** What is filled in for the customer. */
  readonly fill: Readonly<Record<string, string | boolean>>;
}

export interface Opinion {
  readonly step: StepId;
  readonly asks: Label;
  /** What is filled in beside the customer's own words. */
  readonly solved: Readonly<Record<string, FactValue>>;
  readonly notSolved: Readonly<Record<string, FactValue>>;
  /** Field of the customer's words. */
  readonly words: string;
  /** Field of a degree, with those that go with either answer. */
  readonly degree?: { readonly field: string; readonly solved: readonly string[]; readonly notSolved: readonly string[] };
}

/** The last four digits of a telephone, however it is written; undefined: it has fewer. */
export function tailOf(telephone: unknown): string | undefined {
  if (typeof telephone !== 'string') return undefined;
  const digits = telephone.normalize('NFKC').replace(/\D/g, '');
  return digits.length < 4 ? undefined : digits.slice(-4);
}
