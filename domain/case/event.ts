/**
 * The events of a case's record. `(case, seq)` is unique; `occurredAt` is when it happened, as a person states it;
 * `recordedAt` is when the system learnt it: its message's `receivedAt`, or the moment a timer was acted on.
 * Nothing here names a customer: persons are ids, wording is a document's hash.
 */
import type { RefusalCode } from '../errors.ts';
import type { Facts, FactValue } from '../form.ts';
import type { ChainLink, LimitName, RoleId, StepId } from '../pack.ts';
import type { Fen } from '../money.ts';
import type { Instant } from '../time.ts';

/** Who acted, and in which of their roles; `for` is the person whose role it is, where a substitute or a delegate acted. */
export interface Actor {
  readonly person: string;
  readonly role: RoleId;
  readonly for?: string;
  /** By which delegation of `for`; absent: as the substitute of somebody absent. */
  readonly delegation?: string;
  /** Break-glass: by which emergency grant. */
  readonly emergency?: string;
}

/** A rung as an event names it: its place, and for `owner` who that was when it fired. */
export interface RungRef {
  readonly role: RoleId;
  readonly rung: number;
  /** Who `owner` stood for; with `persons`, those who hold the task. */
  readonly roles?: readonly RoleId[];
  readonly persons?: readonly string[];
  /** It is the general manager's of a hard limit: it makes a task, too. */
  readonly escalates?: true;
}

/** What a rung says: of which deadline. */
export interface RungFired extends Omit<RungRef, 'escalates'> {
  readonly clock: string;
  readonly limit: LimitName;
  readonly dueAt: Instant;
}

/** Rungs that an outage let expire together. */
export interface RungsExpired {
  readonly clock: string;
  readonly limit: LimitName;
  readonly dueAt: Instant;
  readonly when: 'before' | 'after';
  /** `at`: the instant each stands for. */
  readonly rungs: readonly (RungRef & { readonly at: Instant })[];
  readonly reason: 'outage';
}

/** How a case ended. `completed` is the procedure's own end; the others are decisions with reason and evidence. */
export type EndReason = 'completed' | 'withdrawn' | 'duplicate' | 'opened-in-error' | 'cancelled';

export interface ProposalRef {
  readonly name: string;
  readonly version: number;
  /** Hash of the exact text that is decided on. */
  readonly hash: string;
  /** What it costs, where it is decided by amount; a plan that is decided by severity or by class has none. */
  readonly amount?: Fen;
}

export interface PackRef {
  readonly id: string;
  readonly version: string;
  readonly hash: string;
}

export interface CalendarRef {
  readonly id: string;
  readonly version: string;
}

export interface EventData {
  opened: {
    readonly number: string;
    readonly pack: PackRef;
    readonly calendar: CalendarRef;
    readonly kind: string;
    readonly facts: Facts;
    readonly documentHash?: string;
    /** Roles that see every case of the pack: its coordinators and its general manager. */
    readonly overseers?: readonly RoleId[];
    /** The lowest of the pack's severities; absent: `ordinary`. */
    readonly severity?: string;
    /** Of the kit's rules that the case is judged by; absent: one before the sixth. */
    readonly edition?: number;
  };
  /** A task a role owes (or may do, when `optional`). `from` is the instant of the fact that made it due. */
  'task-opened': {
    readonly task: string;
    readonly step: StepId;
    readonly by: readonly RoleId[];
    readonly from: Instant;
    readonly optional?: true;
    readonly escalation?: true;
    readonly clock?: string;
    readonly proposal?: ProposalRef;
    /** Persons who drew up what is decided here: they may not decide it. */
    readonly notBy?: readonly string[];
    /** The clock whose breach is to be acknowledged: then its rungs are repeated no more. */
    readonly breach?: string;
  };
  submitted: {
    readonly task: string;
    readonly step: StepId;
    readonly facts: Facts;
    readonly documentHash?: string;
    /** An old register knows that it was done, not when or by whom: no verdict. */
    readonly unrecorded?: true;
  };
  /** Closed without an answer: superseded, no longer owed. */
  'task-lapsed': { readonly task: string; readonly why: string };
  assigned: { readonly task: string; readonly person: string };
  'clock-started': {
    readonly clock: string;
    readonly limit: LimitName;
    readonly hardness: 'hard' | 'soft';
    readonly ladder: string;
    readonly startAt: Instant;
    readonly dueAt: Instant;
    readonly provisional: boolean;
    /** Remind the task's roles at the end of each working day while it runs (readings 7). */
    readonly remind?: true;
    readonly of?: readonly RoleId[];
    /** Its instant was agreed with the customer, or named for an action: not reckoned. */
    readonly agreed?: true;
    /** When the system learnt of it: what fell due before that was not missed by an outage. Absent: an older case. */
    readonly knownAt?: Instant;
  };
  'clock-met': { readonly clock: string };
  'clock-breached': {
    readonly clock: string;
    readonly limit: LimitName;
    readonly dueAt: Instant;
    /** In the order in which they are reached; `every`: repeated each so many working days. */
    readonly rungs: readonly { readonly role: RoleId; readonly at: Instant; readonly every?: number }[];
  };
  /** Done after the due instant: how late, in milliseconds. The breach stands. */
  'clock-late': { readonly clock: string; readonly lateBy: number };
  /** A fact entered late but dated in time: the breach is excused, never deleted (C8). */
  'clock-excused': {
    readonly clock: string;
    readonly tell: readonly RoleId[];
    /** The year that was missing shows it to be due later; absent: a fact dated in time. */
    readonly why?: 'calendar';
  };
  'clock-moved': {
    readonly clock: string;
    readonly from: Instant;
    readonly to: Instant;
    readonly consentAt: Instant;
  };
  /** From here on the case goes by another version of its pack, another calendar, or both. */
  rebased: {
    readonly pack?: PackRef;
    readonly calendar?: CalendarRef;
    readonly from: { readonly pack: PackRef; readonly calendar: CalendarRef };
    readonly documentHash?: string;
  };
  /** Reckoned anew from its start. What a new version says otherwise of hardness and ladder holds for it, too. */
  'clock-recomputed': {
    readonly clock: string;
    readonly from: Instant;
    readonly to: Instant;
    readonly provisional: boolean;
    readonly hardness?: 'hard' | 'soft';
    readonly ladder?: string;
    /** It was broken by its provisional instant only: it runs again, with reminders where it had them. */
    readonly reopened?: true;
    readonly remind?: true;
  };
  /** Ended without verdict. */
  'clock-stopped': { readonly clock: string; readonly why: string };
  /** An approval at the end of a working day; with `rung`, a rung of the ladder again; `missed`, when it should have come before, but for an outage. */
  reminded: {
    readonly clock: string;
    readonly roles: readonly RoleId[];
    readonly at: Instant;
    readonly rung?: number;
    /** The rung's role as the ladder writes it. */
    readonly role?: RoleId;
    readonly persons?: readonly string[];
    readonly missed?: readonly Instant[];
  };
  /** A rung before the deadline. */
  warned: RungFired;
  /** A rung below the top, or the only one of a soft limit. */
  notified: RungFired;
  /** The rung of the general manager: task and notice, once per breach. `digest`: told already in one notice with others. */
  escalated: RungFired & { readonly digest?: true };
  /** Rungs that are not fired because an outage let them expire: the pack's `catchUp`. */
  skipped: RungsExpired;
  /** One notice to everybody for all the rungs that an outage let expire. */
  digested: RungsExpired;
  /** 催办: whoever owes the task is asked to get on with it. */
  nudged: {
    readonly task: string;
    readonly from: 'coordinator' | 'customer';
    readonly roles: readonly RoleId[];
    readonly persons?: readonly string[];
  };
  proposed: ProposalRef & {
    readonly tier: string;
    readonly chain: readonly ChainLink[];
    readonly by: readonly string[];
    readonly sum?: Fen;
    /** Every link is asked at once and must approve; absent = in order. */
    readonly mode?: 'all';
  };
  decided: {
    readonly proposal: ProposalRef;
    readonly act: ChainLink['act'];
    readonly decision: 'approve' | 'reject';
    readonly reasonGiven: boolean;
    readonly documentHash?: string;
  };
  'proposal-settled': { readonly name: string; readonly version: number; readonly outcome: 'approved' | 'rejected' | 'superseded' };
  'round-started': { readonly round: number };
  'stage-entered': { readonly stage: string };
  'severity-set': { readonly severity: string };
  /** What the procedure now holds for true: order class, who repairs, amounts in fen. */
  known: Readonly<Record<string, FactValue>>;
  told: { readonly role: RoleId; readonly what: string };
  'effect-asked': { readonly effect: string; readonly ordinal: number };
  'effect-done': { readonly effect: string; readonly ordinal: number; readonly result: Facts };
  ended: { readonly reason: EndReason; readonly of?: string; readonly documentHash?: string };
  closed: { readonly reason: EndReason };
}

export type EventKind = keyof EventData;

export interface CaseEvent<K extends EventKind = EventKind> {
  readonly seq: number;
  readonly kind: K;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly actor?: Actor;
  readonly clause?: string;
  /** Idempotency key of the message that brought it about. */
  readonly key?: string;
  /** The message came to the case past the desk: nobody vouches for who said it. */
  readonly outside?: true;
  /** Told by an import of the past: notices are recorded, not sent. */
  readonly past?: true;
  /** What it tells waits until then: the pack's quiet hours. */
  readonly notBefore?: Instant;
  readonly data: EventData[K];
}

/** A member of the union for each kind, so that a switch narrows `data`. */
export type AnyEvent = { [K in EventKind]: CaseEvent<K> }[EventKind];

/** What became of a message: its events, or the code it was refused with. */
export type Verdict =
  | { readonly outcome: 'accepted'; readonly firstSeq: number; readonly lastSeq: number }
  | { readonly outcome: 'refused'; readonly code: RefusalCode; readonly detail?: string };
