/** What a set of rules makes of one case: the verdict of every clock, who was told, who had to approve. */
import type { ChainLink, LimitName, RoleId } from '../pack.ts';
import type { ClockState } from '../case/state.ts';
import type { Fen } from '../money.ts';
import type { Instant } from '../time.ts';

/**
 * `met` in time; `late` done after the due instant; `overdue` broken and never done; `excused` broken by what was known,
 * in time by what came to be known (C8); `open` still running; `stopped` ended without verdict.
 */
export type Outcome = 'met' | 'late' | 'overdue' | 'excused' | 'open' | 'stopped';

export interface JudgedClock {
  readonly id: string;
  readonly limit: LimitName;
  readonly round: number;
  readonly startAt: Instant;
  readonly dueAt: Instant;
  readonly doneAt?: Instant;
  readonly outcome: Outcome;
}

/** One act of telling: a rung of a ladder (before or after the breach, again, or in a digest), or the daily reminder (`rung` 0). */
export interface Telling {
  readonly kind: string;
  readonly clock: string;
  readonly limit: LimitName;
  readonly role: RoleId;
  readonly rung: number;
  /** The instant it stands for, not the one a process got round to it. */
  readonly at: Instant;
}

/** Who had to decide on one version, by amount or by severity. `tier` null: nobody had to. */
export interface JudgedApproval {
  readonly proposal: string;
  readonly version: number;
  /** Null where severity decides. */
  readonly amount: Fen | null;
  /** What the tier is chosen by. */
  readonly sum: Fen | null;
  readonly tier: string | null;
  readonly chain: readonly ChainLink[];
}

export interface Judged {
  readonly clocks: readonly JudgedClock[];
  readonly told: readonly Telling[];
  readonly approvals: readonly JudgedApproval[];
}

export function outcomeOf({ status, doneAt }: ClockState): Outcome {
  if (status === 'breached') return doneAt === undefined ? 'overdue' : 'late';
  return status === 'running' ? 'open' : status;
}

export function judgedClock(clock: ClockState): JudgedClock {
  const { id, limit, round, startAt, dueAt, doneAt } = clock;
  return { id, limit, round, startAt, dueAt, outcome: outcomeOf(clock), ...(doneAt === undefined ? {} : { doneAt }) };
}

/** True for a breach that stands: an excused one does not. */
export const isBroken = (outcome: Outcome): boolean => outcome === 'late' || outcome === 'overdue';
