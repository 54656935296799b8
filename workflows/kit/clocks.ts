/** The clocks of a running case: started, judged by when the thing happened, moved, stopped, fired in the order in which they fall due. */
import { dueOf } from '../../domain/deadline.ts';
import { firstDue } from '../../domain/case/dues.ts';
import { editionOf } from '../../domain/case/edition.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { verdictOf } from '../../domain/case/verdict.ts';
import type { LimitName, PackLimit, RoleId } from '../../domain/pack.ts';
import type { Instant } from '../../domain/time.ts';
import type { Journal } from './journal.ts';
import type { OpenCase } from './messages.ts';

export interface WatchOptions {
  /** The instant of the fact that starts it; default: the present cause. */
  readonly from?: Instant;
  /** Who owes it. */
  readonly of?: readonly RoleId[];
  readonly remind?: boolean;
  /** Agreed with the customer instead of reckoned. */
  readonly dueAt?: Instant;
}

export class Clocks {
  private readonly input: OpenCase;
  private readonly journal: Journal;
  /** How many there have been of a name, this one included. */
  private readonly count: (name: string) => number;
  /** What the case does when a rung makes it somebody's task. */
  private readonly escalate: (role: RoleId, from: Instant, clock: string) => void;

  constructor(input: OpenCase, journal: Journal, count: Clocks['count'], escalate: Clocks['escalate']) {
    this.input = input;
    this.journal = journal;
    this.count = count;
    this.escalate = escalate;
  }

  /** Starts a deadline. @returns the clock's id */
  watch(limit: LimitName, options: WatchOptions = {}): string {
    const rule = this.limit(limit);
    const startAt = options.from ?? this.journal.cause.occurredAt;
    const { dueAt, provisional } =
      options.dueAt === undefined ? dueOf(rule, startAt, this.input.calendar) : { dueAt: options.dueAt, provisional: false };
    const clock = `${limit}#${this.count(`limit:${limit}`)}`;
    this.journal.emit(
      'clock-started',
      {
        clock,
        limit,
        hardness: rule.hardness,
        ladder: rule.ladder,
        startAt,
        dueAt,
        provisional,
        ...(options.of === undefined ? {} : { of: options.of }),
        ...(options.remind ? { remind: true as const } : {}),
        ...(options.dueAt === undefined ? {} : { agreed: true as const }),
        knownAt: this.journal.cause.recordedAt,
      },
      { clause: rule.clause },
    );
    return clock;
  }

  /** Judges a clock by when the thing happened: met, excused or late. */
  meet(clock: string, at: Instant): void {
    const { status, dueAt, clause } = this.clock(clock);
    switch (verdictOf(this.clock(clock), at, editionOf(this.input))) {
      case 'late':
        if (status === 'running') this.fire(at, clock);
        return this.journal.emit('clock-late', { clock, lateBy: at - dueAt }, { occurredAt: at, clause });
      case 'met':
        return this.journal.emit('clock-met', { clock }, { occurredAt: at, clause });
      case 'excused':
        return this.excuse(clock, at, clause);
      case undefined:
    }
  }

  /** The breach was none: whoever was told of it hears that as well. */
  private excuse(clock: string, at: Instant, clause: string | undefined): void {
    this.journal.emit('clock-excused', { clock, tell: [...new Set(this.clock(clock).told)] }, { occurredAt: at, clause });
  }

  /** Ends a clock without verdict; a breach it has already stands, but nobody is reminded any more. */
  stop(clock: string, why: string): void {
    const { status, doneAt } = this.clock(clock);
    if (status === 'running' || (status === 'breached' && doneAt === undefined)) this.journal.emit('clock-stopped', { clock, why });
  }

  /** Moves a running limit, or one that a consent dated in time shows to be unbroken (readings 10). */
  move(clock: string, to: Instant, consentAt: Instant, clause: string): string {
    const { dueAt, status, limit, of } = this.clock(clock);
    if (consentAt > dueAt) return this.watch(limit, { from: consentAt, dueAt: to, of });
    if (status === 'breached') this.excuse(clock, consentAt, clause);
    if (status === 'breached') return this.watch(limit, { from: consentAt, dueAt: to, of });
    this.journal.emit('clock-moved', { clock, from: dueAt, to, consentAt }, { clause });
    return clock;
  }

  /** Fires in business order all that is due up to an instant (of one clock only, when named). */
  fire(upTo: Instant, only?: string): void {
    for (;;) {
      const due = firstDue(this.journal.state, upTo, this.input.rules, this.input.calendar, this.journal.cause.recordedAt);
      if (due === undefined) return;
      this.journal.emit(due.kind, due.data, { occurredAt: due.occurredAt, clause: due.clause });
      if (due.kind === 'escalated') this.escalate(due.data.role, due.occurredAt, due.data.clock);
      if (only !== undefined && due.data.clock === only && due.kind === 'clock-breached') return;
    }
  }

  clock(id: string): CaseState['clocks'][string] {
    const clock = this.journal.state.clocks[id];
    if (clock === undefined) throw new RangeError(`no clock ${id}`);
    return clock;
  }

  limit(name: LimitName): PackLimit {
    const limit = this.input.rules.limits[name];
    if (limit === undefined) throw new RangeError(`pack ${this.input.rules.id} has no limit ${name}`);
    return limit;
  }
}
