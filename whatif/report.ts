/** What a run comes to; `docs/whatif.md` says what each figure means. Instants are ISO texts with +08:00. */
import type { ChainLink } from '../domain/pack.ts';
import type { Counted, Share } from '../domain/kpi/share.ts';
import type { Difference, HandChange } from '../domain/what-if/differences.ts';

/** The figure as it stands in the record, and as the candidate makes it. */
export interface Sides<T> {
  readonly before: T;
  readonly after: T;
}

export interface LimitFigures extends Sides<Share> {
  readonly limit: string;
  /** `added` and `dropped` by the candidate; `changed`: another rule, hardness or ladder than some case ran under. */
  readonly status: 'kept' | 'changed' | 'added' | 'dropped';
  /** Clocks that are broken under the candidate and not in the record, and the reverse. */
  readonly newlyBroken: Counted;
  readonly noLongerBroken: Counted;
  /** Cases whose record holds nothing to judge this limit by. */
  readonly notEvaluable: Counted;
}

export interface RungFigures extends Sides<Counted> {
  readonly limit: string;
  /** 1 is the first; 0 is the daily reminder of an approval. */
  readonly rung: number;
  readonly role: string;
  readonly kind: string;
  /** Told at another time, or on one side only. Reminders are counted, not listed. */
  readonly changed: readonly {
    readonly case: string;
    readonly clock: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
}

export interface ApprovalFigures {
  readonly changed: readonly ({ readonly case: string } & HandChange)[];
  /** Per link: how often it is asked no more, and how often anew. */
  readonly links: readonly (ChainLink & { readonly gone: Counted; readonly added: Counted })[];
}

export interface KpiFigures {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly shares: readonly (Sides<Share> & { readonly requirement: string; readonly limit: string })[];
}

export interface WhatIf {
  readonly candidate: { readonly id: string; readonly version: string; readonly hash: string; readonly calendar: string };
  readonly against: string;
  readonly openedFrom: string | null;
  readonly openedBefore: string | null;
  readonly asOf: string;
  readonly cases: number;
  readonly audit: {
    /** Cases whose record was compared with what their own rules make of it. */
    readonly compared: number;
    readonly different: readonly { readonly case: string; readonly differences: readonly Difference[] }[];
    /** Not compared: their rules are not at hand, or were changed on the way. */
    readonly notCompared: Counted;
  };
  readonly totals: Sides<Readonly<Record<TotalName, number>>>;
  readonly limits: readonly LimitFigures[];
  readonly rungs: readonly RungFigures[];
  readonly approvals: ApprovalFigures;
  readonly kpis: readonly KpiFigures[];
  /** Settings in which the candidate differs and whose effect no record can show: `switches.repairClockStartsAt`. */
  readonly notReEvaluated: readonly string[];
}

export type TotalName =
  | 'clocks'
  | 'met'
  | 'breaches'
  | 'late'
  | 'overdue'
  | 'excused'
  | 'open'
  | 'stopped'
  | 'reminded'
  | 'warned'
  | 'notified'
  | 'escalated'
  | 'digested'
  | 'approvals';
