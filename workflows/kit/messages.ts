/**
 * What the outside world says to a case, and what it hears back. Anyone may import this file: types and definitions
 * only. `submit` has one shape as update and as signal.
 */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Delegated } from '../../domain/authority/delegation.ts';
import type { EmergencyGrant } from '../../domain/authority/emergency.ts';
import type { CalendarDays } from '../../domain/calendar.ts';
import type { AnyEvent, EndReason, Verdict } from '../../domain/case/event.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { Facts } from '../../domain/form.ts';
import type { PackRules, RoleId, StepId } from '../../domain/pack.ts';
import type { Instant } from '../../domain/time.ts';

/** One thing said by a person through the desk (or by somebody past it: then without `signature`). */
export interface Message {
  /** Idempotency key = update id. */
  readonly key: string;
  readonly step: StepId;
  /** A task's id, when the step alone could mean several. */
  readonly task?: string;
  readonly facts: Facts;
  /** SHA-256 of the stored document with the wording; the text itself stays outside. */
  readonly documentHash?: string;
  readonly actor: {
    readonly person: string;
    readonly roles: readonly RoleId[];
    /**
     * Persons in whose place the sender may act just now, with the role they hold: what the desk knows of absences, and with
     * `delegation` of delegations.
     */
    readonly for?: readonly { readonly person: string; readonly role: RoleId; readonly delegation?: Delegated }[];
    /** Emergency grants of this case that the sender has just now. */
    readonly emergency?: readonly EmergencyGrant[];
  };
  /** Absences, just now, of the person a task is to be assigned to; with `role` only of tasks of that role. */
  readonly away?: readonly { readonly substitute: string; readonly role?: RoleId }[];
  readonly occurredAt: Instant;
  readonly receivedAt: Instant;
  /** The sender promises to record the events of the answer itself. */
  readonly records?: true;
  /** Told by an import: judged as if received when it happened, its notices recorded, not sent. */
  readonly past?: true;
  /** The last message of the past: from here on the case's timers run. */
  readonly pastEnds?: true;
  /** The register knows that it was done, not when: no verdict follows. */
  readonly unrecorded?: true;
  /** What the versions say that a `rebase` or `calendar` names in its facts; the desk attaches it when it sends the message. */
  readonly change?: { readonly rules?: PackRules; readonly calendar?: CalendarDays };
  /** The desk's seal over case, key, actor, meaning and proposal (hex HMAC-SHA-256). */
  readonly signature?: string;
}

/** What a case is started with: its opening message and the rules it keeps until a `rebase` changes them. */
export interface OpenCase {
  readonly number: string;
  readonly kind: string;
  readonly rules: PackRules;
  readonly calendar: CalendarDays;
  readonly opening: Message;
  /** A case refuses its message number `messageCap` (design: 1,000). */
  readonly messageCap: number;
  /**
   * Edition of the kit's rules that the case is judged by, `EDITION` at its opening; absent: the first. What an edition
   * adds is listed there. A case keeps its own, or replaying it would come to other verdicts than it gave.
   */
  readonly edition?: number;
  /** Where the console shows a case; the number is appended. Only for the operators' links. */
  readonly links?: string;
}

/** Answer to an accepted update: its verdict and, when the sender records, every event that followed. */
export interface Answer {
  readonly verdict: Verdict & { readonly outcome: 'accepted' };
  readonly events: readonly AnyEvent[];
}

export interface Closing {
  readonly number: string;
  readonly reason: EndReason;
  readonly round: number;
  readonly breaches: number;
  readonly escalations: number;
  readonly seq: number;
}

/** An update, because the sender needs to know at once whether it counted (wrong role, stale version, closed). */
export const submit = defineUpdate<Answer, [Message]>('submit');
/** The same message from a sender that cannot wait; what is refused is dropped with a recorded verdict. */
export const submitted = defineSignal<[Message]>('submitted');
/** The case as its events have made it. */
export const caseState = defineQuery<CaseState>('caseState');

/** How a bulk change is started. */
export interface BulkChange {
  readonly job: string;
  /** Where it goes on after continuing as new. */
  readonly at?: { readonly phase: 'preview' | 'change'; readonly after: string };
}

/** Somebody has looked at the preview: go on. */
export const bulkConfirmed = defineSignal('confirmed');
/** Nothing more is to be changed. */
export const bulkCancelled = defineSignal('cancelled');
