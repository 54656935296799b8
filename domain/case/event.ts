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

/** Who acted, and in which of their roles; `for` is the absent person whose role it is, where a substitute acted. */
export interface Actor {
  readonly person: string;
  readonly role: RoleId;
  readonly for?: string;
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
  readonly rungs: readonly RungRef[];
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
    /** Its instant was agreed with the customer, not reckoned. */
    readonly agreed?: true;
