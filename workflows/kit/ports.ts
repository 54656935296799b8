/** What a case asks of the world, as types only. The worker's activities satisfy these ports. */
import type { Actor, AnyEvent, Verdict } from '../../domain/case/event.ts';
import type { Facts } from '../../domain/form.ts';
import type { Fen } from '../../domain/money.ts';
import type { Instant } from '../../domain/time.ts';

/** Events nobody else records, and the verdicts of signalled messages. Keyed `(number, seq)`. */
export interface RecordBatch {
  readonly number: string;
  readonly events: readonly AnyEvent[];
  readonly outcomes: readonly { readonly key: string; readonly verdict: Verdict }[];
}

/** Idempotent by `(number, effect, ordinal)`: a repeated call returns the first result. */
export interface EffectCall {
  readonly number: string;
  readonly ordinal: number;
}

export interface RecordPort {
  record(batch: RecordBatch): Promise<void>;
}

export interface WorkOrder extends EffectCall {
  readonly orderClass: 'A' | 'B';
  readonly trades: string;
  readonly amount: Fen;
  readonly dueAt: Instant;
}

export interface Settlement extends EffectCall {
  readonly orderClass: 'A' | 'B';
  readonly amount: Fen;
  readonly unit: string;
}

export interface EffectPorts {
  /** Issues the 《工程派工单》 (3.5.1). */
  issueWorkOrder(order: WorkOrder): Promise<void>;
  /** Pays the property company and, for class A, deducts from the builder's retention (3.5.9). */
  postSettlement(settlement: Settlement): Promise<Facts>;
  /** Files the case: the list of its documents and hashes. */
  fileDossier(call: EffectCall): Promise<void>;
}

/** A case that outlives the one it comes from: adverse event, recall, corrective action. */
export interface LinkedOpening extends EffectCall {
  readonly pack: string;
  readonly kind: string;
  /** What the opening form of the kind is filled with; `source`, the number of this case, among it. */
  readonly form: Readonly<Record<string, string | number | boolean>>;
  readonly by: Actor;
  readonly occurredAt: Instant;
}

/** What became of it: its number, or why it will never be taken. */
export type Linked = { readonly number: string } | { readonly refused: string };

export interface LinkPorts {
  /** Opens it through the desk, once; the result names it: `{ <kind>: <number> }`. Refused: nothing, and operators are told. */
  openLinked(opening: LinkedOpening): Promise<Facts>;
}

export interface PackPorts {
  /** Puts a draft among the versions of its pack. `filed: false`: it cannot be, `of` names the open proposal that was first. */
  filePackDraft(
    draft: EffectCall & { readonly pack: string; readonly version: string; readonly hash: string; readonly content: string },
  ): Promise<Facts>;
  /** Takes what is still a draft of this case out again. */
  dropPackDraft(call: EffectCall): Promise<void>;
  /** EVAL.P6: from `activeFrom` on the version opens cases. Says what it replaces. */
  activatePack(call: EffectCall & { readonly hash: string; readonly activeFrom: Instant }): Promise<Facts>;
  /** From `at` on the version opens no case. `withdrawn: false`: it was not in force. Says what is in force instead. */
  withdrawPack(call: EffectCall & { readonly hash: string; readonly at: Instant }): Promise<Facts>;
}

export interface PaperPorts {
  /** Enters an approved paper of the evaluation in its register. Says the entry. */
  filePaper(
    paper: EffectCall & { readonly kind: string; readonly hash: string; readonly version: number; readonly inForceFrom: Instant },
  ): Promise<Facts>;
}

export interface LookUpPorts {
  /** Estate, builder and end of warranty of a unit, as the register knows them at the opening. */
  lookUpUnit(unit: string): Promise<Facts>;
  /** Repairs of a person between two instants, and how many customers were satisfied: by signature, and when called. */
  opinionsOn(asked: { readonly person: string; readonly from: Instant; readonly to: Instant }): Promise<Facts>;
}

/** A page of the cases of a bulk change. */
export interface Page {
  readonly job: string;
  /** Case number after which the page begins; empty = the first. */
  readonly after: string;
}

export interface PageDone {
  /** Last number of the page; absent when there is no further page. */
  readonly last?: string;
  /** Cases of the job that have not got through yet. */
  readonly open: number;
}

/** What a bulk change asks of the world. Each call may be repeated: what is done stays done. */
export interface BulkPorts {
  /** Notes the open cases of a page with what would change. */
  previewPage(page: Page): Promise<PageDone>;
  /** Every case is noted. True: it was confirmed beforehand and goes on. */
  previewed(job: string): Promise<boolean>;
  /** Sends each case of the page its message, a few at a time, and notes what became of it. */
  changePage(page: Page): Promise<PageDone>;
  finished(call: { readonly job: string; readonly as: 'done' | 'cancelled' }): Promise<void>;
}

export type Ports = RecordPort & EffectPorts & LinkPorts & LookUpPorts & PackPorts & PaperPorts;
