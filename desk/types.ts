/** What the desk is told and what it answers. */
import type { Batch } from '../db/record.ts';
import type { NewJob } from '../db/bulk.ts';
import type { SignedIn } from '../db/signing.ts';
import type { Delegated } from '../domain/authority/delegation.ts';
import type { EmergencyGrant } from '../domain/authority/emergency.ts';
import type { Verdict } from '../domain/case/event.ts';
import type { RefusalCode } from '../domain/errors.ts';
import type { FormProblem } from '../domain/form.ts';
import type { RoleId } from '../domain/pack.ts';
import type { Instant } from '../domain/time.ts';

/** A person as the door has authenticated them. */
export interface Who {
  readonly person: string;
  readonly roles: readonly RoleId[];
  /** Persons in whose place they may act just now, as substitute or delegate, with the roles those hold in the pack. */
  readonly for?: readonly { readonly person: string; readonly role: RoleId; readonly delegation?: Delegated }[];
  /** Emergency grants of the case that they have just now: what the desk finds, never what a door says. */
  readonly emergency?: readonly EmergencyGrant[];
  /** How they have signed in; kept beside the message, never in it. */
  readonly signedIn?: SignedIn;
}

/** Said about an old register: the case's past is told before its clocks run (design section 3). */
export interface PastMarks {
  readonly past?: true;
  readonly pastEnds?: true;
  readonly unrecorded?: true;
}

/** Texts that the form names by their SHA-256, hex; stored together with what is said, or not at all. */
export type Attached = readonly { readonly hash: string; readonly body: string }[];

export interface OpenCommand extends PastMarks {
  /** Idempotency key, 1-200 printable ASCII characters. */
  readonly key: string;
  readonly who: Who;
  readonly pack: string;
  readonly kind: string;
  /** As filled in; the desk reads it by the pack's form. */
  readonly form: Readonly<Record<string, unknown>>;
  /** When it happened; default: when it was received. */
  readonly occurredAt?: Instant;
  readonly attached?: Attached;
  /** A case opens it in somebody's name: that they held the role there was judged already. */
  readonly byCase?: true;
}

export interface SubmitCommand extends PastMarks {
  readonly key: string;
  readonly who: Who;
  readonly number: string;
  readonly step: string;
  /** A task's id, where the step alone could mean several. */
  readonly task?: string;
  readonly form: Readonly<Record<string, unknown>>;
  readonly occurredAt?: Instant;
  readonly attached?: Attached;
  /** Do not wait for the verdict: signal, 202. */
  readonly async?: true;
}

/** `decided` and recorded; `refused` with its code, nothing changed; `received`: going to be decided, ask by key. */
export type Reply =
  | { readonly status: 'decided'; readonly number: string; readonly seq: number; readonly verdict: Verdict }
  | { readonly status: 'refused'; readonly number: string; readonly code: RefusalCode; readonly detail?: string }
  | { readonly status: 'received'; readonly number: string; readonly key: string };

/** What the sender got wrong before anything was received: nothing is stored. */
export class FormError extends Error {
  readonly problems: readonly FormProblem[];
  constructor(problems: readonly FormProblem[]) {
    super(problems.map((p) => `${p.path}: ${p.en}`).join('; '));
    this.name = 'FormError';
    this.problems = problems;
  }
}

/** The same key came with another body (422 key-reused). */
export class KeyReused extends Error {}
/** No such case, pack, kind or step. */
export class NotFound extends Error {}
/** The pack is known, but no version of it was in force at that instant: withdrawn, or not yet begun (409). */
export class NotActive extends NotFound {
  constructor(pack: string, at: string) {
    super(`no version of the pack ${pack} is in force at ${at}: it has been withdrawn, or begins later`);
    this.name = 'NotActive';
  }
}
/** Somebody opens a case for a place for which they do not hold the role (403 wrong-role). */
export class NotTheirPlace extends Error {
  readonly places: readonly string[];
  constructor(places: readonly string[]) {
    super(`the role is held for other places than ${places.join(', ') || 'a case without a place'}`);
    this.name = 'NotTheirPlace';
    this.places = places;
  }
}
/** The pack wants somebody who has just shown to be there (403 fresh-sign-in): nothing was received. */
export class NotFresh extends Error {
  /** Fen; `unknown`: what would be decided on does not stand in the record. */
  readonly amount: number | 'unknown';
  readonly bound: number;
  constructor(amount: number | 'unknown', bound: number) {
    super(`${amount} is above ${bound}`);
    this.name = 'NotFresh';
    this.amount = amount;
    this.bound = bound;
  }
}
/** The database does not answer: nothing happened (503). */
export class StoreAway extends Error {}

export interface Desk {
  open(command: OpenCommand): Promise<Reply>;
  submit(command: SubmitCommand): Promise<Reply>;
  /** Writes what no sender records; on a gap what is missing is read from the case's history. Returns the seq the record ends at. */
  record(batch: Batch): Promise<number>;
  /** What became of a request; undefined = no such key. */
  statusOf(key: string): Promise<Reply | undefined>;
  /** Carries on what a dead process left: rows received more than two seconds ago without outcome. Returns how many. */
  sweep(): Promise<number>;
  /** Changes of many open cases at once. */
  readonly bulk: BulkDoor;
}

export interface BulkDoor {
  /** Noted and, if the engine answers, begun; noted alone it is begun by a sweeper. */
  ask(job: NewJob): Promise<void>;
  /** Goes on after its preview; may be repeated. False: it was cancelled, or never asked for. */
  confirm(id: string): Promise<boolean>;
  /** Nothing more is changed; what was done stays done. */
  cancel(id: string): Promise<void>;
}
