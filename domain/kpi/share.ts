/** The share of matters handled within a limit: a figure that can be opened down to its cases. */
import type { JudgedClock, Outcome } from '../what-if/judged.ts';

/** One clock of one case, as a KPI counts it. */
export interface CountedClock extends Pick<JudgedClock, 'limit' | 'dueAt' | 'doneAt' | 'outcome'> {
  readonly case: string;
}

/** How many, and the numbers of their cases, each once. */
export interface Counted {
  readonly count: number;
  readonly cases: readonly string[];
}

export interface Share {
  /** In time: met, and excused (C8), which are also shown apart. */
  readonly numerator: Counted;
  /** Judged: in time, late, or overdue. */
  readonly denominator: Counted;
  /** `94.87`: numerator of denominator in percent, two decimals, rounded half up; null of nothing. */
  readonly percent: string | null;
  readonly excused: Counted;
  /** Late or overdue. */
  readonly broken: Counted;
  /** Left out: still running and not due. */
  readonly open: Counted;
  /** Left out: ended without verdict (withdrawn, handed over, not recorded when). */
  readonly withoutVerdict: Counted;
}

/** Pure and streaming: add clocks in any order, ask for the share at the end. */
export class ShareCount {
  private readonly byOutcome = new Map<Outcome, Tally>();

  add(number: string, outcome: Outcome): void {
    const tally = this.byOutcome.get(outcome) ?? new Tally();
    this.byOutcome.set(outcome, tally);
    tally.add(number);
  }

  get share(): Share {
    const inTime = this.of('met', 'excused');
    const judged = this.of('met', 'excused', 'late', 'overdue');
    return {
      numerator: inTime,
      denominator: judged,
      percent: percent(inTime.count, judged.count),
      excused: this.of('excused'),
      broken: this.of('late', 'overdue'),
      open: this.of('open'),
      withoutVerdict: this.of('stopped'),
    };
  }

  private of(...outcomes: readonly Outcome[]): Counted {
    const found = outcomes.flatMap((outcome) => this.byOutcome.get(outcome) ?? []);
    const [only] = found;
    return found.length === 1 && only !== undefined ? only.counted : Tally.together(found);
  }
}

/** Counts things and remembers their cases. */
export class Tally {
  private count = 0;
  private readonly cases = new Set<string>();

  add(number: string): void {
    this.count += 1;
    this.cases.add(number);
  }

  get counted(): Counted {
    return { count: this.count, cases: [...this.cases] };
  }

  static together(tallies: readonly Tally[]): Counted {
    return {
      count: tallies.reduce((sum, one) => sum + one.count, 0),
      cases: [...new Set(tallies.flatMap((one) => [...one.cases]))],
    };
  }
}

/** Percent with two decimals, rounded half up in whole numbers, so that no figure depends on binary fractions. */
export function percent(numerator: number, denominator: number): string | null {
  if (denominator === 0) return null;
  const hundredths = Math.floor((numerator * 20_000 + denominator) / (2 * denominator));
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
}
