/** The score of an audit: points won of those of the applicable indicators, of 100. Pure. */
import { percent } from '../kpi/share.ts';
import type { Label } from '../pack.ts';
import type { Checklist, Indicator } from './checklist.ts';

/** What an auditor says of an indicator; the last one counts. */
export interface Mark {
  readonly indicator: string;
  readonly applicable: boolean;
  /** 0 to the indicator's; 0 where it is not applicable. */
  readonly points: number;
  readonly reason: string;
}

export interface ScoreLine extends Label {
  readonly indicator: string;
  /** How often the record proves it in the period. */
  readonly evidence: number;
  readonly of: number;
  /** Null: not marked yet. */
  readonly mark: Omit<Mark, 'indicator'> | null;
}

export interface AuditResult {
  readonly lines: readonly ScoreLine[];
  readonly won: number;
  readonly of: number;
  /** `87.50`; null when nothing is applicable. */
  readonly score: string | null;
  /** Null: below all bands, or there are none. */
  readonly band: Label | null;
  /** Indicators without a mark: an audit with one of them is not issued. */
  readonly open: readonly string[];
}

export type MarkFault = 'no-such-indicator' | 'no-evidence' | 'points-out-of-range' | 'points-where-not-applicable';

/** Why a mark is not taken. No evidence, no points. */
export function faultOf(list: Checklist, { indicator: id, applicable, points }: Mark, evidence: number): MarkFault | undefined {
  const indicator = list.indicators.find((one) => one.id === id);
  if (indicator === undefined) return 'no-such-indicator';
  if (!applicable) return points === 0 ? undefined : 'points-where-not-applicable';
  if (!Number.isInteger(points) || points < 0 || points > indicator.points) return 'points-out-of-range';
  return points > 0 && evidence === 0 ? 'no-evidence' : undefined;
}

/** @param marks the last of each indicator @param evidence by indicator */
export function scoreOf(list: Checklist, marks: readonly Mark[], evidence: Readonly<Record<string, number>>): AuditResult {
  const given = new Map(marks.map((mark) => [mark.indicator, mark]));
  const lines = list.indicators.map((indicator) => line(indicator, given.get(indicator.id), evidence[indicator.id] ?? 0));
  const counted = lines.filter(({ mark }) => mark?.applicable !== false);
  // What was marked on evidence that is gone is worth nothing.
  const won = counted.reduce((sum, { mark, evidence: proof }) => sum + (proof === 0 ? 0 : (mark?.points ?? 0)), 0);
  const of = counted.reduce((sum, one) => sum + one.of, 0);
  const reached = list.bands.toSorted((a, b) => b.from - a.from).find(({ from }) => of > 0 && won * 100 >= from * of);
  return {
    lines,
    won,
    of,
    score: percent(won, of),
    band: reached === undefined ? null : { zh: reached.zh, en: reached.en },
    open: lines.filter(({ mark }) => mark === null).map(({ indicator }) => indicator),
  };
}

function line({ id, zh, en, points: of }: Indicator, mark: Mark | undefined, evidence: number): ScoreLine {
  const said = mark === undefined ? null : { applicable: mark.applicable, points: mark.points, reason: mark.reason };
  return { indicator: id, zh, en, evidence, of, mark: said };
}
