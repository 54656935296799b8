/**
 * A running case as a procedure sees it. The vocabulary is small on purpose: ask, owe, offer, decide, watch, effect, tell,
 * know, enter, end. What changes an open task without answering it (assign) works on the task, not on the flow.
 */
import { condition, upsertSearchAttributes } from '@temporalio/workflow';
import { dueOf } from '../../domain/deadline.ts';
import { linkStep } from '../../domain/approval.ts';
import type { Actor, EndReason, ProposalRef } from '../../domain/case/event.ts';
import { firstDue } from '../../domain/case/dues.ts';
import type { CaseState, TaskState } from '../../domain/case/state.ts';
import { openTasks } from '../../domain/case/state.ts';
import { verdictOf } from '../../domain/case/verdict.ts';
import type { Facts, FactValue } from '../../domain/form.ts';
import { refuse, type Refusal } from '../../domain/errors.ts';
import type { Fen } from '../../domain/money.ts';
import type { ChainLink, LimitName, PackLimit, PackRules, RoleId, StepId, Switch, Tier } from '../../domain/pack.ts';
import type { Instant } from '../../domain/time.ts';
import { Lapsed } from './errors.ts';
import type { Journal } from './journal.ts';
import type { Mailbox } from './mailbox.ts';
import { settle } from './mailbox.ts';
import { actingRole } from './acting.ts';
import { answeringRole, findTask } from './judge.ts';
import type { Message, OpenCase } from './messages.ts';
import { searchAttributes } from './names.ts';

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

export interface Draft {
  readonly name: string;
  readonly amount?: Fen;
  /** What the tier was chosen by. */
  readonly sum?: Fen;
  readonly hash: string;
  /** Who drew it up, by person: they may not decide it. */
  readonly by: readonly string[];
  /** The row of a tier table, or what else says who is asked: id, clause and chain. */
  readonly tier: Pick<Tier, 'id' | 'clause' | 'chain'>;
  /** Asks every link at once, and all must approve: one refusal voids all votes of the version. Default: in order. */
  readonly mode?: 'all';
  /** The step to decide at, where it is not `<name>.<act>`. */
  readonly step?: StepId;
}

interface Decided {
  readonly decision: 'approve' | 'reject';
  readonly reason?: true;
}

type Vote = Decided['decision'] | undefined;

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
  private readonly pending = new Map<string, Pending>();
  private readonly effects = new Set<Promise<void>>();
  private readonly counters = new Map<string, number>();
  private readonly out = new Map<StepId, Refusal>();

  constructor(input: OpenCase, journal: Journal, mailbox: Mailbox) {
    this.input = input;
    this.journal = journal;
    this.mailbox = mailbox;
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
    return this.input.edition ?? 1;
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

  /** Waits until none of the steps is owed any more: what a case may not close without. */
  async allDone(steps: readonly StepId[]): Promise<void> {
    await condition(() => this.state.reason !== undefined || !steps.some((step) => this.owes(step)));
    if (this.state.reason !== undefined) throw new Lapsed(this.state.reason);
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

  /**
   * Asks the links of a chain on one version, in order or all at once. Any new version voids all earlier decisions
   * (readings 9), one refusal all votes of its version (readings 15). Never decided by time: each link is reminded and
   * escalated, not skipped (readings 7).
   */
  async decide(draft: Draft): Promise<'approved' | 'rejected' | 'superseded'> {
    const { name, amount, hash, by, sum, tier, mode } = draft;
    const version = (this.state.proposals[name]?.version ?? 0) + 1;
    const ref: ProposalRef = { name, hash, version, ...(amount === undefined ? {} : { amount }) };
    this.journal.emit(
      'proposed',
      { ...ref, tier: tier.id, chain: tier.chain, by, ...(sum === undefined ? {} : { sum }), ...(mode === undefined ? {} : { mode }) },
      { clause: tier.clause },
    );
    const ask = (link: ChainLink): Promise<Vote> => this.vote(draft, ref, link);
    const votes = mode === 'all' ? await Promise.all(tier.chain.map(ask)) : await inOrder(tier.chain, ask);
    const outcome = votes.includes('reject') ? 'rejected' : votes.includes(undefined) ? 'superseded' : 'approved';
    this.journal.emit('proposal-settled', { name, version, outcome });
    return outcome;
  }

  /** One link's decision on a version; undefined when the version was superseded before it was given. */
  private async vote({ name, step, by, tier, mode }: Draft, proposal: ProposalRef, link: ChainLink): Promise<Vote> {
    const at = step ?? linkStep(name, link);
    const answer = await this.askLink(at, { by: [link.role], within: 'approval', proposal, notBy: by });
    if (answer === undefined) return undefined;
    const decision = answer.unrecorded ? 'approve' : answer.facts.decision;
    this.journal.emit(
      'decided',
      {
        proposal,
        act: link.act,
        decision,
        reasonGiven: answer.facts.reason === true,
        ...(answer.documentHash === undefined ? {} : { documentHash: answer.documentHash }),
      },
      { actor: answer.actor, occurredAt: answer.occurredAt, clause: tier.clause },
    );
    if (mode === 'all' && decision === 'reject') this.lapse(at, 'refused');
    return decision;
  }

  /** Starts a deadline; without a task of its own when called from a flow. Returns the clock's id. */
  watch(limit: LimitName, options: { from?: Instant; of?: readonly RoleId[]; remind?: boolean; dueAt?: Instant } = {}): string {
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
