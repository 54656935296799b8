/** What is known of cases: what was received, the record, and what is reckoned from it. */
import type { ColumnType, Generated } from 'kysely';
import type { AnyEvent, Verdict } from '../../domain/case/event.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { Json, MaybeStamp, Stamp } from './column.ts';

export interface InboxTable {
  key: string;
  case_number: string;
  step: string;
  mode: 'update' | 'signal';
  /** What is sent to the case: `OpenCase` for an opening, else `Message`. Never the wording. */
  command: Json<unknown>;
  fingerprint: string;
  person: string;
  received_at: Stamp;
  outcome: ColumnType<Verdict | null, string | null | undefined, string | null>;
  attempts: Generated<number>;
  next_attempt_at: Generated<Date>;
}

export interface DocumentTable {
  hash: string;
  /** Sealed for its subject; in the clear where the subject is null: kept before there were keys. */
  body: string;
  subject: string | null;
  stored_at: Generated<Date>;
}

export interface CaseFileTable {
  number: string;
  pack_id: string;
  pack_version: string;
  pack_hash: string;
  kind: string;
  severity: string;
  stage: string;
  status: 'open' | 'closed';
  reason: string | null;
  round: number;
  opened_at: Stamp;
  closed_at: MaybeStamp;
  next_due_at: MaybeStamp;
  breaches: number;
  escalations: number;
  escalated_to: string | null;
  unit: string | null;
  seq: number;
  head_hash: string;
  state: Json<CaseState>;
  /** Whose case it is; null = all of its pack (see `domain/case/concern.ts`). */
  concerned_roles: ColumnType<string[] | null, string[] | null | undefined, string[] | null>;
  concerned_persons: ColumnType<string[] | null, string[] | null | undefined, string[] | null>;
  /** Where it belongs (see `domain/place.ts`), with what those places lie in. */
  places: Generated<string[]>;
  /** Secrecy label of its own; null = that of its kind. */
  label: ColumnType<string | null, string | null | undefined, string | null>;
  /** Why operators must look at it; null = in order. */
  needs_ops: string | null;
  updated_at: Generated<Date>;
}

export interface EventTable {
  case_number: string;
  seq: number;
  kind: string;
  occurred_at: Stamp;
  recorded_at: Stamp;
  person: string | null;
  clause: string | null;
  key: string | null;
  body: Json<AnyEvent>;
  prev_hash: string;
  hash: string;
}

export interface TaskTable {
  case_number: string;
  task_id: string;
  step: string;
  roles: ColumnType<string[], string[], string[]>;
  round: number;
  clause: string | null;
  optional: boolean;
  escalation: boolean;
  status: 'open' | 'done' | 'lapsed';
  holder: string | null;
  due_at: MaybeStamp;
  breached: boolean;
  opened_at: Stamp;
  closed_at: MaybeStamp;
}

export interface ClockTable {
  case_number: string;
  clock_id: string;
  limit_name: string;
  hardness: 'hard' | 'soft';
  clause: string | null;
  round: number;
  start_at: Stamp;
  due_at: Stamp;
  provisional: boolean;
  status: string;
  fired_at: MaybeStamp;
  done_at: MaybeStamp;
  late_by_ms: string | number | null;
}

export interface RollupTable {
  month: string;
  pack_id: string;
  kind: string;
  opened: number;
  closed: number;
  decisions: number;
  breaches: number;
  escalations: number;
}

export interface EffectReceiptTable {
  case_number: string;
  effect: string;
  ordinal: number;
  result: Json<Record<string, unknown>>;
  done_at: Generated<Date>;
}

export interface WorkOrderTable {
  number: string;
  case_number: string;
  order_class: 'A' | 'B';
  trades: string;
  amount: ColumnType<string, number | string, never>;
  due_at: Stamp;
  issued_at: Generated<Date>;
}

export interface DossierTable {
  case_number: string;
  /** The documents of the case and the hash of its record at filing. */
  content: Json<Record<string, unknown>>;
  filed_at: Generated<Date>;
}

export interface IssuedPrintTable {
  case_number: string;
  print: string;
  /** Which of its kind, from 1. */
  ordinal: number;
  /** It rests on the record up to this event. */
  seq: number;
  /** SHA-256 of the bytes, hex. */
  hash: string;
  bytes: Buffer;
  /** Characters that stand as boxes, `U+E000`. */
  missing: string[];
  issued_at: Generated<Date>;
}

/** Acts of cases that the store keeps apart: of a version, an account, an action. */
export interface DutyActTable {
  thing: string;
  of_thing: string;
  act: string;
  person: string;
  case_number: string;
  seq: number;
}

export interface ForgeryTable {
  case_number: string;
  /** Key of a message that claimed to have come through the desk. */
  key: string;
  seq: number;
  why: string;
  found_at: Generated<Date>;
}

export interface DraftTable {
  id: Generated<string>;
  person: string;
  /** Number of a case; of an opening the pack. */
  about: string;
  /** Step of the case; of an opening its kind. */
  what: string;
  form: Json<Readonly<Record<string, unknown>>>;
  saved_at: Stamp;
}

export interface CasesTables {
  inbox: InboxTable;
  document: DocumentTable;
  case_file: CaseFileTable;
  event: EventTable;
  task: TaskTable;
  clock: ClockTable;
  rollup: RollupTable;
  effect_receipt: EffectReceiptTable;
  work_order: WorkOrderTable;
  dossier: DossierTable;
  issued_print: IssuedPrintTable;
  duty_act: DutyActTable;
  forgery: ForgeryTable;
  draft: DraftTable;
}
