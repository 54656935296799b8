/** A case as folded from its events: what workflow, record, reconcile and API all agree on. */
import type { Facts, FactValue } from '../form.ts';
import type { ChainLink, LimitName, RoleId, StepId } from '../pack.ts';
import type { Fen } from '../money.ts';
import type { Instant } from '../time.ts';
import type { Concern } from './concern.ts';
import type { Actor, CalendarRef, EndReason, PackRef, ProposalRef } from './event.ts';

export interface TaskState {
  readonly id: string;
  readonly step: StepId;
  readonly by: readonly RoleId[];
  readonly round: number;
  readonly clause?: string;
  readonly optional: boolean;
  readonly escalation: boolean;
  readonly status: 'open' | 'done' | 'lapsed';
  readonly openedAt: Instant;
  readonly closedAt?: Instant;
  readonly closedBy?: string;
  readonly clock?: string;
  readonly proposal?: ProposalRef;
  readonly notBy?: readonly string[];
  readonly holder?: string;
  /** Who held the task from when to when (派单, 转派): the clock segment per holder. */
  readonly segments: readonly { readonly person: string; readonly from: Instant; readonly to?: Instant }[];
  /** The clock whose breach it acknowledges. */
  readonly breach?: string;
  /** When it was last nudged, by whose wish. */
  readonly nudged?: { readonly coordinator?: Instant; readonly customer?: Instant };
}

export type ClockStatus = 'running' | 'met' | 'breached' | 'excused' | 'stopped';

export interface ClockState {
  readonly id: string;
  readonly limit: LimitName;
  readonly hardness: 'hard' | 'soft';
  readonly ladder: string;
  readonly clause?: string;
  readonly round: number;
  readonly startAt: Instant;
  readonly dueAt: Instant;
  readonly provisional: boolean;
  readonly status: ClockStatus;
  /** Roles that owe it: they are reminded, and a ladder does not climb to who owes it already. */
  readonly of: readonly RoleId[];
  readonly remind: boolean;
  readonly lastReminder?: Instant;
  /** Recorded instant of the breach: `recordedAt - dueAt` is the system's own lateness, shown as outage. */
  readonly firedAt?: Instant;
  readonly doneAt?: Instant;
  readonly lateBy?: number;
  /** Rungs still to fire, in order. */
  readonly rungs: readonly { readonly role: RoleId; readonly at: Instant; readonly every?: number }[];
  readonly rungsFired: number;
  /** Rungs before the deadline that have fired (or were skipped): their place, the instant they stand for, the due of then. */
  readonly warned?: readonly { readonly rung: number; readonly at: Instant; readonly dueAt: Instant }[];
  /** Rungs that are told again until the breach is acknowledged or the matter done; `last` is when they were told. */
  readonly repeats?: readonly { readonly rung: number; readonly role: RoleId; readonly every: number; readonly last: Instant }[];
  /** Up to this place the rungs were named in one digest. */
  readonly digested?: number;
  /** When the system learnt of the present due instant. */
  readonly knownAt?: Instant;
  /** Roles that have been told of the breach, in order. */
  readonly told: readonly RoleId[];
  readonly moves: readonly { readonly from: Instant; readonly to: Instant; readonly consentAt: Instant }[];
  /** Its instant was agreed with the customer or named from the start. */
  readonly agreed?: true;
  /** By re-bases: where it was due before, and after. */
  readonly recomputed?: readonly { readonly from: Instant; readonly to: Instant }[];
}

export interface DecisionState {
  readonly version: number;
  readonly act: ChainLink['act'];
  readonly decision: 'approve' | 'reject';
  readonly actor: Actor;
  readonly at: Instant;
}

export interface ProposalState extends ProposalRef {
  readonly tier: string;
  readonly chain: readonly ChainLink[];
  readonly by: readonly string[];
  /** The amount the tier was chosen by: summed per case where the pack says so. */
  readonly sum?: Fen;
  /** Every link is asked at once and must approve; absent = in order. */
  readonly mode?: 'all';
  readonly outcome?: 'approved' | 'rejected' | 'superseded';
  readonly decisions: readonly DecisionState[];
}

export interface CaseState {
  readonly seq: number;
  readonly number: string;
  /** What it goes by now: a re-base may have moved it since its opening. */
  readonly pack: PackRef;
  readonly calendar: CalendarRef;
  readonly kind: string;
  readonly severity: string;
  readonly stage: string;
  readonly status: 'open' | 'closed';
  readonly reason?: EndReason;
  /** Another case this one is a duplicate of, or continues in. */
  readonly of?: string;
  readonly round: number;
  readonly openedAt: Instant;
  readonly closedAt?: Instant;
  readonly tasks: Readonly<Record<string, TaskState>>;
  readonly clocks: Readonly<Record<string, ClockState>>;
  readonly proposals: Readonly<Record<string, ProposalState>>;
  /** Latest facts per step. */
  readonly answers: Readonly<Record<StepId, Facts>>;
  readonly known: Readonly<Record<string, FactValue>>;
  readonly breaches: number;
  readonly escalations: number;
  /** Role of the highest rung that fired so far. */
  readonly escalatedTo?: RoleId;
  /** Of the kit's rules that it is judged by; absent: one before the sixth. */
  readonly edition?: number;
  /** Whose case it is; absent for one that was opened before this was kept. */
  readonly concern?: Concern;
}

export const emptyCase: CaseState = {
  seq: 0,
  number: '',
  pack: { id: '', version: '', hash: '' },
  calendar: { id: '', version: '' },
  kind: '',
  severity: 'ordinary',
  stage: 'accepted',
  status: 'open',
  round: 1,
  openedAt: 0,
  tasks: {},
  clocks: {},
  proposals: {},
  answers: {},
  known: {},
  breaches: 0,
  escalations: 0,
};

export const openTasks = (state: Pick<CaseState, 'tasks'>): TaskState[] => Object.values(state.tasks).filter((t) => t.status === 'open');
export const runningClocks = (state: CaseState): ClockState[] => Object.values(state.clocks).filter((k) => k.status === 'running');

/** The earliest due instant among running clocks, hard and soft. */
export function nextDue(state: CaseState): Instant | undefined {
  const dues = runningClocks(state).map((k) => k.dueAt);
  return dues.length === 0 ? undefined : Math.min(...dues);
}

/** Whether the earliest due instant may still change when a year is loaded. */
export function nextDueProvisional(state: CaseState): boolean {
  const due = nextDue(state);
  return runningClocks(state).some((clock) => clock.dueAt === due && clock.provisional);
}
