/**
 * Judges a recorded case again under rules and a calendar. What people did, and when they said so, is taken as recorded;
 * what the rules made of it (due instants, breaches, rungs, reminders) is computed anew by the functions a running case
 * uses: `dueOf`, `firstDue`, the reducer.
 */
import type { CalendarDays } from '../calendar.ts';
import type { AnyEvent, EventData, EventKind } from '../case/event.ts';
import { firstDue } from '../case/dues.ts';
import { EDITION } from '../case/edition.ts';
import { apply } from '../case/reduce.ts';
import { emptyCase, type CaseState } from '../case/state.ts';
import { verdictOf } from '../case/verdict.ts';
import { dueOf } from '../deadline.ts';
import type { PackRules } from '../pack.ts';
import type { Instant } from '../time.ts';
import { approvalsUnder } from './approvals.ts';
import { Outages } from './outages.ts';
import { isByTime } from './kinds.ts';
import { judgedClock, type Judged, type Telling } from './judged.ts';
import { tellingsOf } from './recorded.ts';

export interface Rulebook {
  readonly rules: PackRules;
  readonly calendar: CalendarDays;
}

/** `events` in order, recorded up to `asOf`; `pinned` are the rules the case ran under, where they are at hand. */
export function rejudge(events: readonly AnyEvent[], book: Rulebook, asOf: Instant, pinned?: PackRules): Judged {
  return { ...new Rejudging(book).judge(events, asOf), approvals: approvalsUnder(events, book.rules, pinned) };
}

class Rejudging {
  private state: CaseState = emptyCase;
  private readonly told: Telling[] = [];
  /** Recorded clock → the clocks that stand for it here; an extension may make one two, or two one. */
  private readonly standIns = new Map<string, string[]>();
  private readonly latestOf = new Map<string, string>();
  private turn: string | undefined;
  /** Up to when the system is known to have acted on what fell due. */
  private reached: Instant = Number.NEGATIVE_INFINITY;
  /** When the message at hand was recorded. */
  private now: Instant = Number.NEGATIVE_INFINITY;
  private readonly outages = new Outages();
  /** Clocks of the recorded escalations, in order. */
  private readonly escalated: string[] = [];
  private extension: { readonly until: Instant; readonly consentAt: Instant } | undefined;
  private readonly book: Rulebook;

  constructor(book: Rulebook) {
    this.book = book;
  }

  judge(events: readonly AnyEvent[], asOf: Instant): Pick<Judged, 'clocks' | 'told'> {
    const lastOfPast = events.findLast((event) => event.past === true)?.seq;
    for (const event of events) {
      this.outages.add(event);
      this.reached = Math.max(this.reached, event.past === true ? actedAt(event) : event.recordedAt);
      if (event.kind === 'escalated') this.escalated.push(event.data.clock);
      if (!isByTime(event)) this.step(event);
      // With the last message of an imported past the case's own time begins.
      if (event.seq === lastOfPast) this.reached = Math.max(this.reached, event.recordedAt);
    }
    this.now = Math.max(this.now, asOf);
    this.catchUp();
    this.fire(Math.max(this.reached, asOf));
    return { clocks: Object.values(this.state.clocks).map(judgedClock), told: this.told };
  }

  /** Before each message what has fallen due fires, as in a running case; within one, only what its own end of a clock asks for. */
  private step(event: AnyEvent): void {
    const turn = event.key ?? `@${event.recordedAt}`;
    if (turn !== this.turn) {
      this.catchUp();
      this.fire(this.reached);
      this.turn = turn;
      this.extension = undefined;
    }
    this.now = Math.max(this.now, event.recordedAt);
    this.take(event);
  }

  private take(event: AnyEvent): void {
    switch (event.kind) {
      case 'submitted':
        this.extension = extensionOf(event);
        if (event.data.step === 'acknowledge') this.acknowledge(event);
        return;
      case 'clock-started':
        return this.start(event);
      case 'clock-moved':
        return this.extend(event.data.clock, event.data.to, event.data.consentAt);
      case 'clock-excused':
        // Excused by the extension itself: whether it is here, `extend` finds out when the clock beside it starts.
        if (this.extension?.consentAt === event.occurredAt) return;
        return this.end(event.data.clock, event.occurredAt);
      case 'clock-met':
      case 'clock-late':
        return this.end(event.data.clock, event.occurredAt);
      case 'clock-stopped':
        for (const clock of this.standInsOf(event.data.clock))
          if (this.isUndone(clock)) this.emit('clock-stopped', { clock, why: event.data.why }, event.occurredAt);
        return;
      case 'opened':
      case 'round-started':
      case 'severity-set':
      case 'ended':
      case 'closed':
        this.state = apply(this.state, { ...event, seq: this.state.seq + 1 });
        return;
      default: // what changes no clock
    }
  }

  private start({ data, occurredAt, clause }: Extract<AnyEvent, { kind: 'clock-started' }>): void {
    const rule = this.book.rules.limits[data.limit];
    const before = this.latestOf.get(data.limit);
    const { until, consentAt } = this.extension ?? {};
    if (before !== undefined && data.dueAt === until && data.startAt === consentAt)
      return this.extend(before, until, consentAt, data.clock);
    if (rule === undefined) return;
    // A date that people named is none of the rule's.
    const named = data.agreed === true ? { dueAt: data.dueAt, provisional: false } : undefined;
    const { dueAt, provisional } = named ?? dueOf(rule, data.startAt, this.book.calendar);
    this.emit('clock-started', { ...data, hardness: rule.hardness, ladder: rule.ladder, dueAt, provisional }, occurredAt, clause);
    this.standIns.set(data.clock, [data.clock]);
    this.latestOf.set(data.limit, data.clock);
  }

  /**
   * An agreed extension under these rules (readings 10): consent in time moves the limit, later consent starts one beside
   * the broken one, and a limit that ran longer anyhow needed none.
   */
  private extend(recordedClock: string, until: Instant, consentAt: Instant, beside?: string): void {
    const standIns = this.standInsOf(recordedClock);
    const clock = this.state.clocks[standIns.at(-1) ?? ''];
    if (beside !== undefined) this.standIns.set(beside, standIns);
    if (clock === undefined || until <= clock.dueAt) return;
    const { id, limit, hardness, ladder, of, dueAt, status, clause, knownAt } = clock;
    if (consentAt <= dueAt && status === 'running')
      return this.emit('clock-moved', { clock: id, from: dueAt, to: until, consentAt }, this.reached);
    if (consentAt <= dueAt && status === 'breached') this.emit('clock-excused', { clock: id, tell: [] }, consentAt);
    const fresh = beside ?? `${id}+`;
    const known = knownAt === undefined ? {} : { knownAt: this.now };
    this.emit(
      'clock-started',
      { clock: fresh, limit, hardness, ladder, startAt: consentAt, dueAt: until, provisional: false, of, ...known },
      this.reached,
      clause,
    );
    standIns.push(fresh);
  }

  /** Its task was opened with the escalation of the same number: the rungs of that breach come no more. */
  private acknowledge(event: Extract<AnyEvent, { kind: 'submitted' }>): void {
    const { task, step } = event.data;
    const escalated = this.escalated[Number(task.split('#').at(-1)) - 1] ?? '';
    const standIns = this.standInsOf(escalated);
    const breach = standIns.includes(escalated) ? escalated : standIns.at(-1);
    if (breach === undefined) return;
    this.emit('task-opened', { task, step, by: [], from: event.occurredAt, breach }, event.occurredAt);
    this.emit('submitted', event.data, event.occurredAt);
  }

  private end(recordedClock: string, at: Instant): void {
    for (const clock of this.standInsOf(recordedClock)) this.meet(clock, at);
  }

  private meet(clock: string, at: Instant): void {
    const state = this.state.clocks[clock];
    if (state === undefined) return;
    switch (verdictOf(state, at, EDITION)) {
      case 'late':
        if (state.status === 'running') this.fire(at, { only: clock, now: this.now });
        return this.emit('clock-late', { clock, lateBy: at - state.dueAt }, at);
      case 'met':
        return this.emit('clock-met', { clock }, at);
      case 'excused':
        return this.emit('clock-excused', { clock, tell: [] }, at);
      case undefined:
    }
  }

  /** Where the record shows that the system was out, it acted on what had fallen due only when it was back. */
  private catchUp(): void {
    for (const { from, now, past } of this.outages.take()) {
      this.now = Math.max(this.now, now);
      this.fire(from - 1);
      this.fire(past ? this.reached : now, { now });
    }
  }

  private fire(upTo: Instant, { only, now }: { readonly only?: string; readonly now?: Instant } = {}): void {
    for (;;) {
      const due = firstDue(this.state, upTo, this.book.rules, this.book.calendar, now);
      if (due === undefined) return;
      this.emit(due.kind, due.data, due.occurredAt);
      this.told.push(...tellingsOf(due, (clock) => this.state.clocks[clock]?.limit ?? clock));
      if (only !== undefined && due.data.clock === only && due.kind === 'clock-breached') return;
    }
  }

  private emit<K extends EventKind>(kind: K, data: EventData[K], occurredAt: Instant, clause?: string): void {
    const event = {
      seq: this.state.seq + 1,
      kind,
      occurredAt,
      recordedAt: this.now,
      ...(clause === undefined ? {} : { clause }),
      data,
    } as AnyEvent; // kind and data belong together by the signature; the union cannot express it
    this.state = apply(this.state, event);
  }

  private standInsOf(recordedClock: string): string[] {
    return this.standIns.get(recordedClock) ?? [];
  }

  private isUndone(clock: string): boolean {
    const { status, doneAt } = this.state.clocks[clock] ?? {};
    return doneAt === undefined && (status === 'running' || status === 'breached');
  }
}

/** Of an imported past, messages are judged as if received when they happened; a due is acted on just after its instant. */
function actedAt(event: AnyEvent): Instant {
  return isByTime(event) && event.kind !== 'reminded' ? event.occurredAt + 1 : event.occurredAt;
}

function extensionOf({ data, occurredAt }: Extract<AnyEvent, { kind: 'submitted' }>) {
  const { until, consentAt = occurredAt } = data.facts;
  return typeof until === 'number' && typeof consentAt === 'number' ? { until, consentAt } : undefined;
}
