/**
 * The frame around every procedure: handlers, recorder, alarm, operators' view, and the way out.
 * A procedure is a function of its case; it returns when the procedure's own end is reached.
 */
import {
  allHandlersFinished,
  CancellationScope,
  condition,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { isCaseAct } from '../../domain/case/acts.ts';
import { nextWake } from '../../domain/case/dues.ts';
import type { EndReason, Verdict } from '../../domain/case/event.ts';
import { isRefusalCode, refuse, type Refusal } from '../../domain/errors.ts';
import { shared } from '../../domain/shared.ts';
import { Alarm } from './alarm.ts';
import { Case } from './case.ts';
import { describeCase } from './details.ts';
import { Lapsed, refusalFailure } from './errors.ts';
import { Journal } from './journal.ts';
import { actingRole } from './acting.ts';
import { judge, judgeArrival } from './judge.ts';
import { waitsUntil } from './quiet.ts';
import { Mailbox, settle } from './mailbox.ts';
import { caseState, submit, submitted, type Answer, type Closing, type Message, type OpenCase } from './messages.ts';
import { searchAttributes } from './names.ts';
import { malformed } from './shape.ts';
import { isRebaseAct, rebase } from './rebase.ts';
import { Recorder } from './recorder.ts';

const ends: Record<string, EndReason> = { withdraw: 'withdrawn', duplicate: 'duplicate', openedInError: 'opened-in-error' };

/**
 * Runs a procedure as a case. The rules and the calendar are held once for all cases of a worker: the input itself is
 * changed to the shared ones, because the engine keeps it as long as the run.
 */
export function runCase(input: OpenCase, procedure: (c: Case) => Promise<void>): Promise<Closing> {
  Object.assign(input, { rules: shared(input.rules), calendar: shared(input.calendar) });
  return new Run(input).run(procedure);
}

class Run {
  private readonly journal: Journal;
  private readonly mailbox: Mailbox;
  private readonly recorder: Recorder;
  private readonly alarm: Alarm;
  private readonly case: Case;
  private readonly input: OpenCase;
  /** Verdicts by key: a signal repeats itself, a sweeper asks again by update. */
  private readonly verdicts = new Map<string, Verdict>();
  private telling: boolean;
  /** A cancel from outside must not tear waits apart: it is taken as a message, and everything runs behind this shield. */
  private readonly shield = new CancellationScope({ cancellable: false });

  constructor(input: OpenCase) {
    this.input = input;
    this.journal = new Journal((event) => waitsUntil(event, this.journal.state, input));
    this.telling = input.opening.past === true && input.opening.pastEnds !== true;
    // Known before any handler runs: the opening's own update may be looked at before the first line of the procedure.
    this.verdicts.set(input.opening.key, { outcome: 'accepted', firstSeq: 1, lastSeq: 1 });
    this.recorder = new Recorder(this.journal, input.number);
    this.mailbox = new Mailbox(() => this.recorder.look());
    this.case = new Case(input, this.journal, this.mailbox);
    this.alarm = new Alarm(() => this.wake());
  }

  run(procedure: (c: Case) => Promise<void>): Promise<Closing> {
    this.listen();
    CancellationScope.current().cancelRequested.catch(() => this.shield.run(() => this.cancelled()));
    return this.shield.run(async () => {
      await this.carryOut(procedure);
      await this.leave();
      const { number, reason = 'completed', round, breaches, escalations, seq } = this.journal.state;
      return { number, reason, round, breaches, escalations, seq };
    });
  }

  private listen(): void {
    setHandler(caseState, () => this.journal.state, { description: 'The case as its events have made it.' });
    // An update, because the sender must know at once whether it counted; the validator refuses without a trace in
    // history, the handler holds the same rule because validators are skipped on replay and messages queue up.
    setHandler(submit, (message) => this.shield.run(() => this.onUpdate(message)), {
      validator: (message) => {
        const refusal = this.unfit(message) ?? (this.verdicts.has(message.key) || this.mailbox.busy ? undefined : this.judge(message));
        if (refusal !== undefined) throw refusalFailure(refusal);
      },
      description: 'A person answers a step or acts on the case.',
    });
    // The same message from a sender that cannot wait. A signal handler must never throw: it would end the case.
    setHandler(submitted, (message) => this.shield.run(() => this.onSignal(message)), {
      description: 'As submit, without waiting for the verdict.',
    });
  }

  /** The flow from opening to `closed`. Only its own end or a decision to end the case leads out. */
  private async carryOut(procedure: (c: Case) => Promise<void>): Promise<void> {
    const { opening, number, kind, rules, calendar } = this.input;
    this.becauseOf(opening);
    const [lowest] = rules.severities ?? [];
    const {
      documentHash,
      actor: { person, roles },
    } = opening;
    this.journal.emit(
      'opened',
      {
        number,
        kind,
        facts: opening.facts,
        pack: { id: rules.id, version: rules.version, hash: rules.hash },
        calendar: { id: calendar.id, version: calendar.version },
        overseers: [...new Set([...rules.coordinator, rules.generalManager])],
        ...(documentHash === undefined ? {} : { documentHash }),
        ...(this.case.edition < 6 ? {} : { edition: this.case.edition }),
        ...(this.case.edition < 4 || lowest === undefined ? {} : { severity: lowest }),
      },
      {
        actor: { person, role: actingRole(opening, rules.steps['open']?.by ?? []) ?? roles[0] ?? '' },
        clause: rules.steps['open']?.clause,
      },
    );
    const closes = rules.closureLimit !== undefined && !rules.withoutClosure?.includes(kind) ? rules.closureLimit : undefined;
    const closure = closes === undefined ? undefined : this.case.watch(closes);
    try {
      void this.mailbox.run(async () => {
        await settle();
        this.afterwards(opening);
      });
      await procedure(this.case);
      if (this.case.edition >= 4) await this.case.closable();
    } catch (error) {
      if (!(error instanceof Lapsed)) throw error;
    }
    await this.case.effectsDone();
    if (closure !== undefined && this.journal.state.reason === undefined) this.case.meet(closure, this.journal.cause.occurredAt);
    this.journal.emit('closed', { reason: this.journal.state.reason ?? 'completed' });
    upsertSearchAttributes([{ key: searchAttributes.stage, value: this.journal.state.reason ?? 'completed' }]);
  }

  /** Nothing is left behind: every handler has answered and every event nobody claimed is written. */
  private async leave(): Promise<void> {
    setCurrentDetails(describeCase(this.journal.state, this.input.rules, this.input.links));
    do {
      await condition(allHandlersFinished);
      this.recorder.look();
      await condition(() => this.recorder.idle);
    } while (!allHandlersFinished());
  }

  private async onUpdate(message: Message): Promise<Answer> {
    const claims = message.records === true;
    if (claims) this.recorder.claim();
    try {
      const answer = await this.mailbox.run(() => this.handle(message));
      if (!claims) await condition(() => this.recorder.recordedSeq >= answer.verdict.lastSeq);
      return answer;
    } finally {
      if (claims) this.recorder.release();
    }
  }

  private async onSignal(message: Message): Promise<void> {
    if (this.unfit(message) !== undefined) return; // nobody is there who could be told
    if (this.verdicts.has(message.key)) return;
    await this.mailbox.run(async () => {
      if (this.verdicts.has(message.key)) return;
      const { records: _, ...unclaimed } = message; // nobody waits for a signal's answer
      const verdict = await this.handle(unclaimed)
        .then((answer): Verdict => answer.verdict)
        .catch(refusedVerdict);
      this.verdicts.set(message.key, verdict);
      this.journal.outcome(message.key, verdict);
    });
  }

  /** One turn of the mailbox. The opening's own update only waits for what the opening brought about. */
  private async handle(message: Message): Promise<Answer> {
    const unfit = this.unfit(message);
    if (unfit !== undefined) throw refusalFailure(unfit);
    const opening = message.key === this.input.opening.key;
    const known = this.verdicts.get(message.key);
    if (known?.outcome === 'refused') throw refusalFailure(refuse(known.code, known.detail));
    if (known !== undefined && !opening) return { verdict: known, events: [] };
    const firstSeq = opening ? 1 : this.acceptOnce(message);
    await settle();
    this.afterwards(message);
    const verdict = { outcome: 'accepted', firstSeq, lastSeq: this.journal.state.seq } as const;
    this.verdicts.set(message.key, verdict);
    return { verdict, events: message.records === true ? this.journal.take() : [] };
  }

  /** As `accept`; what was refused once stays refused, or whoever reads the history could send it again when it fits. */
  private acceptOnce(message: Message): number {
    try {
      return this.accept(message);
    } catch (error) {
      if (this.case.edition >= 8) this.verdicts.set(message.key, refusedVerdict(error));
      throw error;
    }
  }

  /**
   * Dues before a message's `receivedAt` fire first, then the message is judged and takes hold without a pause.
   * Returns the seq of its first event. @throws the refusal; the case is then unchanged but for the dues.
   */
  private accept(message: Message): number {
    const early = this.case.edition < 8 ? undefined : judgeArrival(message, Date.now());
    if (early !== undefined) throw refusalFailure(early);
    this.becauseOf({ ...message, key: undefined });
    if (!this.ended) this.case.fireDues(message.past === true ? message.occurredAt : message.receivedAt);
    const refusal = this.judge(message);
    if (refusal !== undefined) throw refusalFailure(refusal);
    this.becauseOf(message);
    const firstSeq = this.journal.state.seq + 1;
    if (message.step === 'assign') this.case.assign(message);
    else if (isRebaseAct(message.step)) rebase(message, this.input, this.journal);
    else if (message.step === 'nudge') this.case.nudge(message);
    else if (isCaseAct(message.step)) this.endBy(message);
    else this.case.take(message);
    return firstSeq;
  }

  /** Withdrawn by the customer, duplicate of another, opened in error: decisions with reason and evidence. */
  private endBy(message: Message): void {
    const { actor, facts, documentHash } = message;
    const by = { person: actor.person, role: this.input.rules.steps[message.step]?.by.find((r) => actor.roles.includes(r)) ?? '' };
    const of = facts['of'] === undefined ? {} : { of: String(facts['of']) };
    this.case.end(ends[message.step] ?? 'withdrawn', { actor: by, ...of, ...(documentHash === undefined ? {} : { documentHash }) });
  }

  /** The flow has run on: fires what its new deadlines have already missed, arms the alarm, refreshes the view. */
  private afterwards(message?: Message): void {
    if (message?.pastEnds) this.telling = false;
    const now = this.telling ? this.journal.cause.occurredAt : this.journal.cause.recordedAt;
    if (!this.ended) this.case.fireDues(now);
    if (!this.telling && !this.ended) this.alarm.arm(nextWake(this.journal.state, this.case.rules, this.input.calendar));
    setCurrentDetails(describeCase(this.journal.state, this.input.rules, this.input.links));
  }

  private async wake(): Promise<number | undefined> {
    await this.mailbox.run(async () => {
      if (this.ended) return;
      const now = Date.now();
      this.journal.because({ occurredAt: now, recordedAt: now });
      await settle();
      this.afterwards();
    });
    return this.ended ? undefined : nextWake(this.journal.state, this.case.rules, this.input.calendar);
  }

  /** A cancel from the Temporal UI becomes an event of the case: an operator's act, not a decision of the procedure. */
  private async cancelled(): Promise<void> {
    await this.mailbox.run(async () => {
      if (this.ended) return;
      this.journal.because({ occurredAt: Date.now(), recordedAt: Date.now() });
      this.case.end('cancelled');
      await settle();
    });
  }

  /** Ended by a decision or closed: nothing falls due any more. */
  private get ended(): boolean {
    return this.journal.state.reason !== undefined || this.journal.state.status === 'closed';
  }

  /** What cannot be judged: no message at all, or one that was refused before. */
  private unfit(message: Message): Refusal | undefined {
    if (this.case.edition < 8) return undefined;
    const part = malformed(message);
    if (part !== undefined) return refuse('bad-facts', part);
    const known = this.verdicts.get(message.key);
    return known?.outcome === 'refused' ? refuse(known.code, known.detail) : undefined;
  }

  private judge(message: Message): Refusal | undefined {
    return judge(message, {
      state: this.journal.state,
      rules: this.input.rules,
      calendar: this.input.calendar,
      now: Date.now(),
      edition: this.case.edition,
      ruledOut: (step) => this.case.ruledOut(step),
      lacking: () => (this.case.edition < 4 ? [] : this.case.lacking('close')),
      full: this.verdicts.size >= this.input.messageCap - 1,
      guard: (task, answer) => this.case.guard(task, answer),
    });
  }

  private becauseOf(message: Omit<Message, 'key'> & { key?: string | undefined }): void {
    const { occurredAt, receivedAt, key, past, signature } = message;
    const outside = this.case.edition >= 5 && key !== undefined && signature === undefined;
    this.journal.because({
      occurredAt,
      recordedAt: receivedAt,
      ...(key === undefined ? {} : { key }),
      ...(past === undefined ? {} : { past }),
      ...(outside ? { outside } : {}),
    });
  }
}

function refusedVerdict(error: unknown): Verdict {
  const { type, details } = error as { type?: string; details?: unknown[] };
  if (typeof type !== 'string' || !isRefusalCode(type)) throw error;
  return { outcome: 'refused', code: type, ...(typeof details?.[0] === 'string' ? { detail: details[0] } : {}) };
}
