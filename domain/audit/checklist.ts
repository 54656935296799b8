/** A check list for an audit, as data: what is asked, what counts as evidence of it, what it is worth. */
import type { Label } from '../pack.ts';

/** A step that was answered in a case of one of the packs that mean this by it; `where`: with these facts. */
export interface StepEvidence {
  readonly step: string;
  /** Absent only in the list that an audit keeps from before this was asked: any pack. */
  readonly packs?: readonly string[];
  readonly where?: Readonly<Record<string, string | boolean>>;
  /** A sum and whether it was agreed beforehand: with a sum other than none, it counts only when it was. */
  readonly agreed?: readonly [sum: string, agreed: string];
}

/** Cases of a kind that were opened. */
export interface KindEvidence {
  readonly kind: string;
}

/** Entries of a register that are in force, each once; with `rows`, each of their rows. */
export interface RegisterEvidence {
  readonly register: string;
  readonly rows?: string;
  /** The date by which an entry lies in the period; absent, without `during` and `standing`: when it was written first. */
  readonly on?: string;
  /** First and last day, or instant, of what lasts: it counts when it meets the period. No last: it goes on. */
  readonly during?: readonly [from: string, until?: string];
  /** A register of state: a version counts that held at some time of the period, whatever became of it later. */
  readonly standing?: true;
  readonly where?: Readonly<Record<string, string | boolean>>;
  readonly filled?: readonly string[];
  /** The first date is no later than the second; without the second it does not count. */
  readonly notAfter?: readonly [string, string];
  /** The first number is no smaller than the second. */
  readonly atLeast?: readonly [string, string];
}

export type Evidence = StepEvidence | KindEvidence | RegisterEvidence;

export interface Indicator extends Label {
  readonly id: string;
  /** Line of the text. */
  readonly line: number;
  readonly text: Label;
  /** Most that can be won. */
  readonly points: number;
  readonly evidence: readonly Evidence[];
}

export interface Band extends Label {
  /** Least score, of 100. */
  readonly from: number;
}

export interface Checklist {
  readonly id: string;
  readonly version: string;
  readonly title: Label;
  readonly indicators: readonly Indicator[];
  /** The highest first; may be none. */
  readonly bands: readonly Band[];
}
