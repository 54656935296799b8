/** Who may decide in whose place, what is never one person's, how secret a record is. */
import type { ColumnType, Generated } from 'kysely';
import type { Alone, JointKind, JointOutcome } from '../../domain/authority/joint-act.ts';
import type { MaybeStamp, Stamp } from './column.ts';

export interface AbsenceTable {
  id: Generated<string>;
  person: string;
  substitute: string;
  starts_at: Stamp;
  /** Exclusive. */
  ends_at: Stamp;
  /** Null = all packs. */
  pack_id: string | null;
  /** Null = all roles. */
  role: string | null;
  reason: string | null;
  /** Idempotency key of the request. */
  key: string;
  entered_by: string;
  entered_at: Stamp;
  ended_at: MaybeStamp;
  ended_by: ColumnType<string | null, string | null | undefined, string | null>;
}

export interface DelegationTable {
  id: Generated<string>;
  principal: string;
  delegate: string;
  pack_id: string;
  /** Null = all that the principal holds there. */
  roles: string[] | null;
  /** Null = all decisions. */
  steps: string[] | null;
  /** Fen; null = none. */
  ceiling: ColumnType<string | null, number | null, never>;
  starts_at: Stamp;
  ends_at: Stamp;
  reason: string;
  key: string;
  entered_at: Stamp;
}

export interface DelegationEndTable {
  delegation: string;
  ended_by: string;
  ended_at: Stamp;
}

export interface JointActTable {
  id: Generated<string>;
  kind: JointKind;
  person: string | null;
  pack_id: string | null;
  body: string;
  asked_by: string;
  at: Stamp;
  ends_at: Stamp;
  key: string;
}

export interface JointActEndTable {
  joint_act: string;
  outcome: JointOutcome;
  alone: Alone | null;
  person: string;
  at: Stamp;
  key: string;
}

export interface SecondAdministratorTable {
  /** With whom there were two. */
  person: string;
  since: Stamp;
}

export interface EmergencyAskTable {
  id: Generated<string>;
  case_number: string;
  pack_id: string;
  task_id: string;
  step: string;
  role: string;
  person: string;
  asked_by: string;
  reason: string;
  eligible: string[];
  ends_at: Stamp;
  at: Stamp;
  key: string;
}

interface EmergencyActTable {
  ask: string;
  person: string;
  reason: string;
  at: Stamp;
  key: string;
}

export interface EmergencyGrantTable extends EmergencyActTable {
  review_due_at: Stamp;
}

export interface EmergencyReviewTable extends EmergencyActTable {
  right_done: boolean;
}

/** What the table of duties says, for the store's own fence. */
export interface DutyTable {
  thing: string;
  done: string;
  then_act: string;
}

export interface DocumentLabelTable {
  case_number: string;
  hash: string;
  label: string;
}

export interface LabelChangeTable {
  id: Generated<string>;
  of: 'case' | 'entry' | 'document' | 'attachment';
  /** Number of a case, or `<register>/<id>`. */
  record: string;
  /** Hash of a document, id of an attachment; else empty. */
  item: string;
  from_label: string;
  to_label: string;
  /** Of a lowering, which a second person decides on; null = raised, at once. */
  reason: string | null;
  asked_by: string;
  asked_at: Stamp;
  key: string;
  decision: 'approve' | 'reject' | null;
  decided_by: string | null;
  decided_at: MaybeStamp;
}

export interface AuthorityTables {
  absence: AbsenceTable;
  document_label: DocumentLabelTable;
  label_change: LabelChangeTable;
  delegation: DelegationTable;
  delegation_end: DelegationEndTable;
  joint_act: JointActTable;
  joint_act_end: JointActEndTable;
  second_administrator: SecondAdministratorTable;
  emergency_ask: EmergencyAskTable;
  emergency_end: EmergencyActTable;
  emergency_grant: EmergencyGrantTable;
  emergency_review: EmergencyReviewTable;
  duty: DutyTable;
}
