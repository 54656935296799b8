/** Records a case as a running one would: what fell due fires before each message is taken, and after it. */
import type { AnyEvent, EventData, EventKind } from '../../../domain/case/event.ts';
import { firstDue } from '../../../domain/case/dues.ts';
import { EDITION } from '../../../domain/case/edition.ts';
import { verdictOf } from '../../../domain/case/verdict.ts';
import { apply } from '../../../domain/case/reduce.ts';
import { emptyCase, type CaseState } from '../../../domain/case/state.ts';
import { dueOf } from '../../../domain/deadline.ts';
import { tierAmount, tierFor } from '../../../domain/approval.ts';
import type { LimitName, RoleId } from '../../../domain/pack.ts';
import type { Rulebook } from '../../../domain/what-if/rejudge.ts';

export class Recording {
  readonly events: AnyEvent[] = [];
  state: CaseState = emptyCase;
  private cause = { occurredAt: 0, recordedAt: 0 };
  private messages = 0;
  private acknowledgements = 0;
  private readonly approved: number[] = [];
  private readonly book: Rulebook;
  private readonly number: string;

  constructor(book: Rulebook, number: string, openedAt: number) {
    this.book = book;
    this.number = number;
    this.message(openedAt, openedAt, () => {
      const { id, version, hash } = book.rules;
      const { calendar } = book;
      this.emit('opened', {
        number,
        pack: { id, version, hash },
        calendar: { id: calendar.id, version: calendar.version },
        kind: 'repair',
        facts: {},
      });
    });
  }

  /** One message: happened, received, and what it brings about. */
  message(occurredAt: number, receivedAt: number, about: () => void = () => undefined): this {
    this.cause = { occurredAt, recordedAt: Math.max(receivedAt, this.cause.recordedAt) };
    this.fire(receivedAt);
    this.messages += 1;
    about();
    this.fire(this.cause.recordedAt);
    return this;
  }

  /** The alarm rings: nobody has said anything. */
  wake(at: number): this {
    this.cause = { occurredAt: at, recordedAt: Math.max(at, this.cause.recordedAt) };
    this.fire(at);
    return this;
  }

  start(limit: LimitName, from = this.cause.occurredAt, of: readonly RoleId[] = [], dueAt?: number): string {
    const rule = this.book.rules.limits[limit]!;
    const clock = `${limit}#${Object.values(this.state.clocks).filter((one) => one.limit === limit).length + 1}`;
    const due = dueAt === undefined ? dueOf(rule, from, this.book.calendar) : { dueAt, provisional: false };
    const remind = limit === 'approval' ? { remind: true as const } : {};
    this.emit('clock-started', {
      clock,
      limit,
      hardness: rule.hardness,
      ladder: rule.ladder,
      startAt: from,
      ...due,
      of,
      ...remind,
      knownAt: this.cause.recordedAt,
    });
    return clock;
  }

  meet(clock: string, at = this.cause.occurredAt): void {
    const state = this.state.clocks[clock]!;
    const verdict = verdictOf(state, at, EDITION);
    if (verdict === 'late') this.emit('clock-late', { clock, lateBy: at - state.dueAt }, at);
    if (verdict === 'met') this.emit('clock-met', { clock }, at);
    if (verdict === 'excused') this.emit('clock-excused', { clock, tell: ['serviceManager'] }, at);
  }

  /** As the kit does it: moved, excused with a clock beside it, or a clock beside the broken one. */
  extend(clock: string, until: number, consentAt: number): string {
    this.emit('submitted', { task: 'extend#1', step: 'extend', facts: { until, consentAt, complex: true, evidence: true } });
    const { dueAt, status, limit, of } = this.state.clocks[clock]!;
    if (consentAt <= dueAt && status === 'running') {
      this.emit('clock-moved', { clock, from: dueAt, to: until, consentAt });
      return clock;
    }
    if (consentAt <= dueAt) this.emit('clock-excused', { clock, tell: [] }, consentAt);
    return this.start(limit, consentAt, of, until);
  }

  propose(version: number, amount: number): void {
    const table = this.book.rules.tiers['estimate']!;
    const sum = tierAmount(table, amount, this.approved);
    const { id, chain } = tierFor(table, sum);
    this.emit('proposed', { name: 'estimate', version, hash: 'h', amount, sum, tier: id, chain, by: ['p'] });
  }

  settle(version: number, outcome: 'approved' | 'rejected', amount = 0): void {
    this.emit('proposal-settled', { name: 'estimate', version, outcome });
    if (outcome === 'approved') this.approved.push(amount);
  }

  emit<K extends EventKind>(kind: K, data: EventData[K], occurredAt = this.cause.occurredAt): void {
    const event = {
      seq: this.state.seq + 1,
      kind,
      occurredAt,
      recordedAt: this.cause.recordedAt,
      key: `${this.number}/${this.messages}`,
      data,
    };
    this.state = apply(this.state, event as AnyEvent);
    this.events.push(event as AnyEvent);
  }

  /** Who was escalated to has seen it: the n-th escalation. */
  acknowledge(n: number): void {
    const task = `acknowledge#${n}`;
    if (this.state.tasks[task]?.status === 'open') this.emit('submitted', { task, step: 'acknowledge', facts: {} });
  }

  private openAcknowledgement(breach: string): void {
    const task = `acknowledge#${(this.acknowledgements += 1)}`;
    const by = [this.book.rules.generalManager];
    this.emit('task-opened', { task, step: 'acknowledge', by, from: this.cause.occurredAt, optional: true, escalation: true, breach });
  }

  private fire(upTo: number): void {
    for (;;) {
      const due = firstDue(this.state, upTo, this.book.rules, this.book.calendar, this.cause.recordedAt);
      if (due === undefined) return;
      this.emit(due.kind, due.data, due.occurredAt);
      if (due.kind === 'escalated') this.openAcknowledgement(due.data.clock);
    }
  }
}
