/**
 * A running case as a procedure sees it. The vocabulary is small on purpose: ask, owe, offer, decide, watch, effect, tell,
 * know, enter, end. What changes an open task without answering it (assign) works on the task, not on the flow.
 */
import { condition, upsertSearchAttributes } from '@temporalio/workflow';
import { overseersOf } from '../../domain/authority/emergency.ts';
import type { Actor, EndReason, ProposalRef } from '../../domain/case/event.ts';
import { actorsOf } from '../../domain/case/acts.ts';
import { editionOf } from '../../domain/case/edition.ts';
import { lackingForms, lackingToClose, stepFor } from '../../domain/case/closing.ts';
import type { Nudger } from '../../domain/case/nudge.ts';
import { owingTask } from '../../domain/case/owing.ts';
import type { CaseState, TaskState } from '../../domain/case/state.ts';
import { openTasks } from '../../domain/case/state.ts';
import type { Facts, FactValue } from '../../domain/form.ts';
import { refuse, type Refusal } from '../../domain/errors.ts';
import type { LimitName, PackLimit, PackRules, RoleId, StepId, Switch } from '../../domain/pack.ts';
import type { Instant } from '../../domain/time.ts';
import { Clocks, type WatchOptions } from './clocks.ts';
import { decide, type Draft, type Outcome } from './decide.ts';
import { Lapsed } from './errors.ts';
import type { Journal } from './journal.ts';
import type { Mailbox } from './mailbox.ts';
import { settle } from './mailbox.ts';
import { actingRole } from './acting.ts';
import { answeringRole, findTask } from './judge.ts';
import type { Message, OpenCase } from './messages.ts';
import { searchAttributes } from './names.ts';
import { actingFor } from './standing.ts';

/** An answer as the flow gets it: typed facts, who gave it, when it happened. */
export interface Answered<F = Facts> {
  readonly facts: F;
  readonly actor: Actor;
  readonly occurredAt: Instant;
  readonly receivedAt: Instant;
  readonly documentHash?: string;
  /** Entered from an old register that does not know when: no verdict, and perhaps no facts. */
  readonly unrecorded: boolean;
}

export interface AskOptions {
  /** Narrows or replaces the pack's roles for the step. */
  readonly by?: readonly RoleId[];
  /** The limit the task runs under; null = none; absent = the pack's limit for the step. */
  readonly within?: LimitName | null;
  /** A clock that runs already (the repair's, started by the survey). */
  readonly clock?: string;
  /** The instant of the fact that makes it due; default: the present cause. */
  readonly from?: Instant;
  /** May be done, is not owed. */
  readonly optional?: true;
  readonly guard?: (answer: Message) => Refusal | undefined;
  readonly notBy?: readonly string[];
  readonly proposal?: ProposalRef;
  readonly escalation?: true;
  /** The clock whose breach it acknowledges. */
  readonly breach?: string;
}

interface Pending {
  readonly guard: AskOptions['guard'];
  resolve(answer: Answered<never>): void;
  reject(why: Lapsed): void;
}

const unawaited: Pick<Pending, 'resolve' | 'reject'> = { resolve: () => undefined, reject: () => undefined };

export class Case {
  private readonly input: OpenCase;
  private readonly journal: Journal;
  private readonly mailbox: Mailbox;
  private readonly clocks: Clocks;
  private readonly pending = new Map<string, Pending>();
  private readonly effects = new Set<Promise<void>>();
  private readonly waits = new Set<() => void>();
  private readonly counters = new Map<string, number>();
  private readonly out = new Map<StepId, Refusal>();
  private readonly spared = new Set<StepId>();

  constructor(input: OpenCase, journal: Journal, mailbox: Mailbox) {
    this.input = input;
    this.journal = journal;
    this.mailbox = mailbox;
    this.clocks = new Clocks(
      input,
      journal,
      (name) => this.count(name),
      (role, from, clock) => this.escalate(role, from, clock),
    );
  }

  /** What it goes by now: a re-base may have changed it. */
  get rules(): PackRules {
    return this.input.rules;
  }

  get state(): CaseState {
    return this.journal.state;
  }

  /** Of the kit's rules that the case is judged by, from its opening to its end. */
  get edition(): number {
    return editionOf(this.input);
  }

  /** The decision-relevant facts of the form that opened the case. */
  intake<F>(): F {
    return (this.state.answers['open'] ?? {}) as F;
  }

  /** The opening as an answer: its facts, who gave it, when. */
  opening<F = Facts>(): Answered<F> {
    const { actor, facts, occurredAt, receivedAt, documentHash } = this.input.opening;
    return {
      facts: facts as F,
      actor: { person: actor.person, role: actor.roles[0] ?? '' },
      occurredAt,
      receivedAt,
      unrecorded: false,
      ...(documentHash === undefined ? {} : { documentHash }),
    };
  }

  /** When the complaint was accepted: most limits start here. */
  get acceptedAt(): Instant {
    return this.state.openedAt;
  }

  /** The instant of what the case is acting on just now. */
  get now(): Instant {
    return this.journal.cause.occurredAt;
  }

  /** When the system learnt of it. */
  get learntAt(): Instant {
    return this.journal.cause.recordedAt;
  }

  /** Opens a task and waits for the answer its guard allows. */
  ask<F = Facts>(step: StepId, options: AskOptions = {}): Promise<Answered<F>> {
    return new Promise((resolve, reject) => {
      this.open(step, options, { resolve, reject });
    });
  }

  /** Opens a task that is owed while the flow goes on: nobody waits for it, the case may close without it. */
  owe<F = Facts>(step: StepId, options: Omit<AskOptions, 'optional'> & { done?: (answer: Answered<F>) => void } = {}): void {
    const { done, ...rest } = options;
    this.open(step, rest, done === undefined ? unawaited : { ...unawaited, resolve: done });
  }

  /** The step is owed just now. */
  owes(step: StepId): boolean {
    return openTasks(this.state).some((task) => task.step === step && !task.optional);
  }

  /** Waits until none of the steps is owed any more: what a case may not close without. Ends early when `unless` becomes true. */
  async allDone(steps: readonly StepId[], { unless = () => false }: { unless?: () => boolean } = {}): Promise<void> {
    const over = (): boolean => this.state.reason !== undefined || unless() || !steps.some((step) => this.owes(step));
    if (this.edition < 3) await condition(over);
    else while (!over()) await new Promise<void>((resolve) => this.waits.add(resolve));
    if (this.state.reason !== undefined) throw new Lapsed(this.state.reason);
  }

  /** On the way that the case has taken, the pack's requirement of these steps before closing does not hold. */
  spare(...steps: readonly StepId[]): void {
    for (const step of steps) this.spared.add(step);
  }

  /**
   * What the pack requires before closing, of the kind and of the severity just now, and is not there. `closing` is the closing act
   * itself, which need not be there before it is.
   */
  lacking(closing?: StepId): string[] {
    const lacking = lackingToClose(this.edition < 4 ? { ...this.state, tasks: {} } : this.state, this.rules, closing);
    return lacking.filter((what) => !this.spared.has(what));
  }

  /**
   * Waits until nothing is lacking that the pack requires before closing; a step that nobody has asked is owed from now on. What an
   * old register says is closed is closed.
   */
  async closable(): Promise<void> {
    while (this.state.reason === undefined && this.journal.cause.past !== true) {
      const lacking = this.lacking();
      if (lacking.length === 0) return;
      this.enter('closing');
      this.oweAll(lacking);
      await new Promise<void>((resolve) => this.waits.add(resolve));
    }
  }

  /** Opens a task for each that has none. */
  oweAll(lacking: readonly string[]): void {
    for (const step of lacking.map((what) => stepFor(what, this.rules))) {
      if (step !== undefined && !openTasks(this.state).some((task) => task.step === step)) this.owe(step);
    }
  }

  /** What waits for several tasks looks again, in the turn of the message that closed one: what follows belongs to it. */
  private lookAgain(): void {
    const waits = [...this.waits];
    this.waits.clear();
    for (const wake of waits) wake();
  }

  /**
   * Something that may be done without being owed: any number of times while it is offered, or once. `after` is the fact
   * that made it possible: it cannot have happened before; `inOrder`, nor before the last one of its kind.
   */
  offer<F = Facts>(
    step: StepId,
    take: (answer: Answered<F>) => void,
    options: Omit<AskOptions, 'optional' | 'within'> & { once?: true; after?: Instant; inOrder?: true } = {},
  ): void {
    const { once, after, inOrder, ...rest } = options;
    const held = this.edition >= 2;
    const open = (from: Instant): void =>
      this.open(
        step,
        { from, ...rest, optional: true, within: null },
        {
          resolve: (answer) => {
            take(answer);
            if (!once && this.state.reason === undefined) open(held && inOrder ? answer.occurredAt : from);
          },
          reject: () => undefined,
        },
      );
    open(held && after !== undefined ? after : this.acceptedAt);
  }

  /** The pack has ruled a step out: whoever tries it hears why. */
  ruleOut(step: StepId, why: Refusal): void {
    this.out.set(step, why);
  }

  private open(step: StepId, options: AskOptions, waiting: Pick<Pending, 'resolve' | 'reject'>): void {
    const rule = this.rules.steps[step];
    const by = options.by ?? rule?.by ?? [];
    const from = options.from ?? this.journal.cause.occurredAt;
    const within = options.within === undefined ? rule?.limit : (options.within ?? undefined);
    const clock =
      options.clock ?? (within === undefined ? undefined : this.watch(within, { from, of: by, remind: options.proposal !== undefined }));
    const task = `${step}#${this.count(`step:${step}`)}`;
    const { optional, escalation, proposal, notBy, breach, guard } = options;
    this.journal.emit(
      'task-opened',
      {
        task,
        step,
        by,
        from,
        ...(optional ? { optional } : {}),
        ...(escalation ? { escalation } : {}),
        ...(clock === undefined ? {} : { clock }),
        ...(proposal === undefined ? {} : { proposal }),
        ...(notBy === undefined ? {} : { notBy }),
        ...(breach === undefined ? {} : { breach }),
      },
      { clause: rule?.clause },
    );
    this.pending.set(task, { guard, ...waiting });
  }

  /** Asks those who decide on one version of a proposal; see `decide.ts`. */
  decide(draft: Draft): Promise<Outcome> {
    return decide(this, this.journal, draft);
  }

  /** Starts a deadline; without a task of its own when called from a flow. Returns the clock's id. */
  watch(limit: LimitName, options: WatchOptions = {}): string {
    return this.clocks.watch(limit, options);
  }

  /** Judges a clock by when the thing happened: met, excused or late. */
  meet(clock: string, at: Instant): void {
    this.clocks.meet(clock, at);
  }

  /** Ends a clock without verdict; a breach it has already stands, but nobody is reminded any more. */
  stop(clock: string, why: string): void {
    this.clocks.stop(clock, why);
  }

  /** Moves a running limit, or one that a consent dated in time shows to be unbroken (readings 10). @returns the clock that runs now */
  move(clock: string, to: Instant, consentAt: Instant, clause: string): string {
    return this.clocks.move(clock, to, consentAt, clause);
  }

  clock(id: string): CaseState['clocks'][string] {
    return this.clocks.clock(id);
  }

  limit(name: LimitName): PackLimit {
    return this.clocks.limit(name);
  }

  /** Starts an idempotent activity beside the flow; only the closing waits for it. */
  effect(
    name: string,
    run: (call: { number: string; ordinal: number }) => Promise<Facts | void>,
    then: (result: Facts) => void = () => undefined,
  ): void {
    const ordinal = this.count(`effect:${name}`);
    this.journal.emit('effect-asked', { effect: name, ordinal });
    const done = run({ number: this.state.number, ordinal }).then(async (result) => {
      if (result === undefined || result === null) return;
      await this.mailbox.run(async () => {
        this.journal.because({ occurredAt: Date.now(), recordedAt: Date.now() });
        this.journal.emit('effect-done', { effect: name, ordinal, result });
        then(result);
        await settle();
      });
    });
    this.effects.add(done);
    void done.then(() => this.effects.delete(done));
  }

  tell(role: RoleId, what: string, clause?: string): void {
    this.journal.emit('told', { role, what }, { clause });
  }

  know(facts: Record<string, FactValue>, clause?: string): void {
    this.journal.emit('known', facts, { clause });
  }

  /** Raising a class does not restart a clock (readings 5). */
  setSeverity(severity: string, actor: Actor, clause?: string): void {
    this.journal.emit('severity-set', { severity }, { actor, clause });
  }

  enter(stage: string): void {
    if (this.state.stage !== stage) this.journal.emit('stage-entered', { stage });
  }

  nextRound(): number {
    this.journal.emit('round-started', { round: this.state.round + 1 });
    return this.state.round;
  }

  /** Closes the open tasks of a step without an answer: superseded, no longer offered. `goes-on`: their clocks run under another task. */
  lapse(step: StepId, why: string, clock: 'stops' | 'goes-on' = 'stops'): void {
    for (const task of openTasks(this.state).filter((t) => t.step === step)) {
      this.journal.emit('task-lapsed', { task: task.id, why });
      if (task.clock !== undefined && clock === 'stops') this.stop(task.clock, why);
      this.drop(task.id, why);
    }
  }

  /** Every open wait ends and clocks stop; the top of the procedure closes the case. */
  end(reason: EndReason, more: { actor?: Actor; of?: string; documentHash?: string; clause?: string } = {}): void {
    const { actor, clause, ...data } = more;
    this.journal.emit('ended', { reason, ...data }, { ...(actor === undefined ? {} : { actor }), clause });
    for (const task of this.pending.keys()) this.drop(task, reason);
    this.lookAgain();
  }

  async effectsDone(): Promise<void> {
    while (this.effects.size > 0) await Promise.all(this.effects);
  }

  switch(name: string): Switch | undefined {
    return this.rules.switches[name];
  }

  // What follows is for the kit itself.

  /** Takes a message that was judged: records the answer, judges its clock, lets the flow run on. */
  take(message: Message): void {
    const task = findTask(message, this.state);
    if (task === undefined) throw new RangeError(`no open task for ${message.step}`);
    const actor = this.actorOf(message, task);
    const { documentHash, unrecorded = false, facts, occurredAt, receivedAt } = message;
    const document = documentHash === undefined ? {} : { documentHash };
    this.journal.emit(
      'submitted',
      { task: task.id, step: task.step, facts, ...document, ...(unrecorded ? { unrecorded } : {}) },
      { actor, clause: task.clause },
    );
    // Break-glass: the overseers hear of every use.
    if (actor.emergency !== undefined) for (const role of overseersOf(this.rules)) this.tell(role, 'emergency-used', task.clause);
    if (task.clock !== undefined && unrecorded) this.stop(task.clock, 'unrecorded');
    else if (task.clock !== undefined) this.meet(task.clock, occurredAt);
    const pending = this.pending.get(task.id);
    this.pending.delete(task.id);
    pending?.resolve({ facts: facts as never, actor, occurredAt, receivedAt, unrecorded, ...document });
    this.lookAgain();
  }

  private actorOf(message: Message, task: TaskState): Actor {
    const { person } = message.actor;
    return actingFor(message, task, this.state) ?? { person, role: answeringRole(message, task, this) ?? '' };
  }

  nudge(message: Message): void {
    const task = this.state.tasks[String(message.facts['task'])];
    if (task === undefined) throw new RangeError('nudged a task that is not there');
    const actor = { person: message.actor.person, role: actingRole(message, actorsOf('nudge', this.rules)) ?? '' };
    const from = message.facts['from'] as Nudger;
    this.journal.emit('nudged', { task: task.id, from, ...owingTask(task) }, { actor, clause: this.rules.steps[message.step]?.clause });
  }

  assign(message: Message): void {
    const actor = { person: message.actor.person, role: actingRole(message, this.rules.steps['assign']?.by ?? []) ?? '' };
    this.journal.emit(
      'assigned',
      { task: String(message.facts['task']), person: String(message.facts['person']) },
      { actor, clause: this.rules.steps['assign']?.clause },
    );
  }

  ruledOut(step: StepId): Refusal | undefined {
    return this.out.get(step);
  }

  guard(task: TaskState, message: Message): Refusal | undefined {
    if (message.unrecorded) return undefined;
    const pending = this.pending.get(task.id);
    if (pending === undefined) return refuse('task-not-open', task.step);
    // What is not complete may be rejected for that.
    const bound = this.edition >= 4 && message.facts['decision'] !== 'reject';
    const [form] = bound ? lackingForms(this.state, this.rules, task.step) : [];
    return form === undefined ? pending.guard?.(message) : refuse('form-missing', form);
  }

  /** Fires in business order all that is due up to an instant. */
  fireDues(upTo: Instant): void {
    this.clocks.fire(upTo);
  }

  /** "Escalate" is task and notice to the role, one per breach; acknowledging it decides nothing. */
  private escalate(role: RoleId, from: Instant, clock: string): void {
    upsertSearchAttributes([{ key: searchAttributes.escalation, value: role }]);
    const repeated = this.rules.ladders[this.clocks.clock(clock).ladder]?.some((rung) => rung.repeatEveryWorkdays !== undefined);
    const ends = repeated ? { breach: clock } : {};
    this.open('acknowledge', { by: [role], from, optional: true, escalation: true, within: null, ...ends }, unawaited);
  }

  private drop(task: string, why: string): void {
    const pending = this.pending.get(task);
    this.pending.delete(task);
    pending?.reject(new Lapsed(why));
    this.lookAgain();
  }

  private count(name: string): number {
    const n = (this.counters.get(name) ?? 0) + 1;
    this.counters.set(name, n);
    return n;
  }
}
