/**
 * What a procedure owes apart from its cases: periodic duties, reports, surveys, and what happens to closed cases. Data for
 * schedules and reports; no running case needs it.
 */
import type { CalendarPeriod } from './limit.ts';

interface Said {
  readonly zh: string;
  readonly en: string;
  /** The document's clause, or `proposal`. */
  readonly clause: string;
}

/** A duty that comes back: a meeting, a visit round, a yearly check. Roles and limits are those of the pack. */
export interface Schedule extends Said {
  readonly every: CalendarPeriod;
  readonly by: readonly string[];
  /** Who takes part. */
  readonly with?: readonly string[];
  /** The limit that one turn runs under. */
  readonly limit?: string;
  /** The limit after whose end it stops (CS19.D16). */
  readonly until?: string;
  readonly requirement: string;
}

/** A report: from whom to whom. `each` = per case, per event or per round instead of by period. */
export interface Report extends Said {
  readonly every?: CalendarPeriod;
  readonly each?: 'case' | 'event' | 'round';
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly limit?: string;
  readonly requirement: string;
}

/** A bound on a figure; `atLeast` and `atMost` include the number, `above` and `below` do not (C6). */
export interface Threshold extends Said {
  readonly unit: 'percent' | 'points' | 'score' | 'count';
  readonly atLeast?: number;
  readonly above?: number;
  readonly atMost?: number;
  readonly below?: number;
}

/** The questions of a survey: one weight each; the total is the sum of weight times score. */
export interface SurveyItems {
  readonly count: number;
  readonly weights: readonly number[];
  readonly lowestScore: number;
  readonly highestScore: number;
  /** What all items at their lowest and at their highest score come to. */
  readonly lowestTotal: number;
  readonly highestTotal: number;
  readonly clause: string;
}

/** A grade holds totals from its bound to the next grade's; the best first. */
export interface Grade extends Said {
  readonly id: string;
  readonly from: number;
}

export interface Survey extends Said {
  readonly by: readonly string[];
  /** Days of the year, `MM-DD`, both inside, between which it is sent out. */
  readonly window?: { readonly opens: string; readonly closes: string; readonly clause: string };
  /** The limits of sending, replying, holding it. */
  readonly limits?: readonly string[];
  readonly thresholds: Readonly<Record<string, Threshold>>;
  readonly items?: SurveyItems;
  readonly grades?: readonly Grade[];
}

/** An answer that opens the case again. */
export interface Reopening {
  readonly step: string;
  readonly field?: string;
  readonly equals?: string | boolean;
  readonly clause: string;
}

/** Telling an authority: who decides whether. */
export interface AuthorityNotice extends Said {
  readonly decidedBy: string;
  readonly limit?: string;
  readonly requirement: string;
}

/** How long closed cases are kept; `none`: what the pack says where its text gives no period. */
export type Retention = { readonly none: string } | { readonly years?: number; readonly file?: 'yearly'; readonly clause: string };

export interface PackDuties {
  readonly schedules?: Readonly<Record<string, Schedule>>;
  readonly reports?: Readonly<Record<string, Report>>;
  readonly surveys?: Readonly<Record<string, Survey>>;
  readonly reopenOn?: readonly Reopening[];
  readonly authorityNotices?: Readonly<Record<string, AuthorityNotice>>;
  readonly retention?: Retention;
}
