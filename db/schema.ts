/** Row types of the store. Inside `db/` only: what leaves it are domain types. */
import type { ColumnType, Generated } from 'kysely';
import type { Checklist } from '../domain/audit/checklist.ts';
import type { AuditResult } from '../domain/audit/score.ts';
import type { Alone, JointKind, JointOutcome } from '../domain/authority/joint-act.ts';
import type { CalendarDays } from '../domain/calendar.ts';
import type { AnyEvent, Verdict } from '../domain/case/event.ts';
import type { CaseState } from '../domain/case/state.ts';
import type { Pack } from '../domain/pack.ts';
import type { EntryStatus } from '../domain/register/definition.ts';

type Stamp = ColumnType<Date, Date | string, Date | string>;
type MaybeStamp = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
/** jsonb: written as text, read parsed. */
type Json<T> = ColumnType<T, string, string>;

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

export interface SubjectKeyTable {
  /** Of whom or what, as `subjects` in `personal.ts` names them. */
  subject: string;
  /** Id of the master key that wraps it; null = erased. */
  master_key: string | null;
  wrapped: Buffer | null;
  made_at: Generated<Date>;
  erased_at: MaybeStamp;
}

export interface ErasureTable {
  ordinal: Generated<string>;
  subject: string;
  person: string;
  at: Stamp;
  reason: string;
  /** Idempotency key of the request. */
  key: string;
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

export interface OutboxTable {
  id: Generated<string>;
  case_number: string;
  seq: number;
  recipient: string;
  kind: string;
  body: Json<Record<string, unknown>>;
  /** `pending` waits for a channel; in-app it is there at once. `told` is of the past: recorded, never sent. */
  status: 'pending' | 'told';
  created_at: Stamp;
  read_at: MaybeStamp;
  /** It may not leave before; null = at once. In the application it is there at once. */
  not_before: MaybeStamp;
  /** Whom it reaches: holders of the role when it was written, substitutes of those who were absent. Null = not resolved. */
  persons: ColumnType<string[] | null, string[] | null | undefined, string[] | null>;
  /** Of a notice about an entry, whose id then stands in `case_number` and whose pass in `seq`; else null. */
  register: ColumnType<string | null, string | null | undefined, never>;
  /** Of a notice about an entry: the pack whose role it goes to. */
  pack_id: ColumnType<string | null, string | null | undefined, never>;
  /** When deliveries were made of it; null = not yet, or no channel takes it. */
  dispatched_at: MaybeStamp;
}

/** `stuck` goes on trying; `failed`: trying again changes nothing; `given-up`: it was tried often enough. */
export type DeliveryStatus = 'waiting' | 'sent' | 'stuck' | 'failed' | 'given-up';

export interface DeliveryTable {
  id: Generated<string>;
  message_id: string;
  /** Rows of the outbox that it tells: several in a digest. */
  notices: ColumnType<string[], string[], never>;
  channel: string;
  /** Of mail: for whom. */
  person: string | null;
  /** `stuck`: it goes on trying, and operators should look; `failed`: trying again changes nothing. */
  status: Generated<DeliveryStatus>;
  queued: Generated<boolean>;
  attempts: Generated<number>;
  why: string | null;
  created_at: Stamp;
  tried_at: MaybeStamp;
  sent_at: MaybeStamp;
}

export interface PersonContactTable {
  person: string;
  mail: string;
}

export interface EntryPassTable {
  register: string;
  entry_id: string;
  ordinal: number;
  pack_id: string;
  role: string;
  reason: string;
  person: string;
  at: Stamp;
  key: string;
}

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

export interface PersonTable {
  id: string;
  name: string;
}

export interface PersonRoleTable {
  person: string;
  pack_id: string;
  role: string;
  /** `<register>/<id>`; empty = for all places. */
  place: Generated<string>;
}

export interface ApiTokenTable {
  /** SHA-256 of the token, hex. */
  hash: string;
  person: string;
  created_at: Generated<Date>;
  /** Names it without giving it away. */
  id: Generated<string>;
  name: Generated<string>;
  scopes: Generated<string[]>;
  /** Null = without end: only those of a time before ends. */
  ends_at: MaybeStamp;
  used_at: MaybeStamp;
  ended_at: MaybeStamp;
}

export interface AccountTable {
  person: string;
  /** argon2id, in its own text form. */
  password_hash: string;
  changed_at: Stamp;
  /** For ever, when an administrator has shut it. */
  locked_until: MaybeStamp;
}

export interface SignInDoorTable {
  person: string;
  /** `browser:` and a hash, `address:` and a keyed hash, `session:` and its id, or `strange`: all that are not known together. */
  door: string;
  /** Wrong passwords since the last right one. */
  failures: number;
  shut_until: Stamp;
  /** When the person last signed in by it. */
  known_at: MaybeStamp;
  tried_at: Stamp;
}

export interface SessionTable {
  /** SHA-256 of what the cookie holds, hex. */
  hash: string;
  id: string;
  person: string;
  how: 'password' | 'link' | 'oidc';
  started_at: Stamp;
  seen_at: Stamp;
  /** When the person last proved to be there. */
  fresh_at: Stamp;
  ends_at: Stamp;
  ended_at: MaybeStamp;
  agent: Generated<string>;
}

/** A login that the provider has been asked for and that has not come back. */
export interface OidcLoginTable {
  /** SHA-256 of the state, and of what the browser's cookie holds, hex. */
  state_hash: string;
  browser_hash: string;
  way_back: string;
  /** The session that is to be made fresh. */
  session: string | null;
  /** SHA-256 of the one-time link by which the identity is to be linked. */
  link_hash: string | null;
  begun_at: Stamp;
  ends_at: Stamp;
  used_at: MaybeStamp;
}

/** Whom somebody is at the provider. Linked again after it has ended, it is another row. */
export interface OidcIdentityTable {
  id: string;
  issuer: string;
  /** What the provider calls them, sealed for the person; found by its keyed hash. */
  subject: string;
  subject_hash: string | null;
  person: string;
  /** An administrator, or the person by a one-time link. */
  linked_by: string;
  linked_at: Stamp;
  ended_by: string | null;
  ended_at: MaybeStamp;
}

export interface OneTimeLinkTable {
  /** SHA-256 of what the link holds, hex. */
  hash: string;
  person: string;
  /** Null = made at the command line. */
  made_by: string | null;
  made_at: Stamp;
  ends_at: Stamp;
  used_at: MaybeStamp;
}

export interface EntryTable {
  register: string;
  id: string;
  /** Of the latest version. */
  version: number;
  status: EntryStatus;
  /** Of the latest version. */
  body: Json<Record<string, unknown>>;
  search_text: string;
  /** The version that holds; null = none yet, or withdrawn. */
  in_force: number | null;
  in_force_body: ColumnType<Record<string, unknown> | null, string | null, string | null>;
  /** Who wrote the latest version. */
  written_by: string;
  changed_at: Stamp;
  /** Where it belongs, with what those places lie in: made by a trigger. */
  places: ColumnType<string[], never, never>;
  /** Secrecy label of its own; null = that of its register. */
  label: ColumnType<string | null, string | null | undefined, string | null>;
}

export interface EntryVersionTable {
  register: string;
  id: string;
  version: number;
  /** Canonical JSON. */
  body: string;
  /** Version of the register's definition that it was read by. */
  definition: string;
  person: string;
  at: Stamp;
  reason: string | null;
  /** Idempotency key of the request. */
  key: string | null;
  prev_hash: string;
  hash: string;
}

export interface EntryActTable {
  ordinal: Generated<string>;
  register: string;
  id: string;
  version: number;
  act: 'submit' | 'review' | 'approve' | 'reject' | 'withdraw';
  person: string;
  at: Stamp;
  reason: string | null;
  key: string | null;
}

export interface EntryGramTable {
  register: string;
  gram: string;
  id: string;
}

export interface EntryKeyTable {
  register: string;
  name: string;
  value: string;
  id: string;
}

export interface EntryRefTable {
  register: string;
  id: string;
  field: string;
  to_register: string;
  to_id: string;
}

export interface RegisterIndexTable {
  register: string;
  /** Hash of what the index is made of. */
  shape: string;
  /** Entries up to this id are done. */
  upto: string;
  done_at: Date | null;
}

export interface RegisterCounterTable {
  register: string;
  year: string;
  last: number;
}

export interface RegisterImportTable {
  id: string;
  register: string;
  file_hash: string;
  person: string;
  started_at: Stamp;
  /** Last line of the file that was dealt with. */
  upto: Generated<number>;
  added: Generated<number>;
  changed: Generated<number>;
  same: Generated<number>;
  finished_at: MaybeStamp;
}

export interface RegisterImportFaultTable {
  import: string;
  line: number;
  faults: Json<unknown>;
}

export interface LedgerEntryTable {
  id: Generated<string>;
  account: string;
  /** Fen; a deduction is negative. The balance of an account is the sum of its entries. */
  amount: ColumnType<string, number | string, never>;
  case_number: string | null;
  /** Names it within its account: the same effect or request posts once. */
  effect: string;
  entered_at: Generated<Date>;
  /** Kind of entry; null in entries of a time when it was not kept. */
  kind: Generated<string | null>;
  /** `effect:<name>#<ordinal>`, `event:<seq>` or `proposal:<hash>` of its case, or `document:<reference>`. */
  decision: Generated<string | null>;
  decided_by: Generated<string | null>;
  decided_at: MaybeStamp;
  reason: Generated<string | null>;
  entered_by: Generated<string | null>;
}

export interface LedgerAccountTable {
  id: string;
  kind: string;
  owner: string;
  /** Least balance in fen; null = none. */
  floor: ColumnType<string | null, number | string | null | undefined, never>;
  opened_at: Generated<Date>;
  opened_by: Generated<string | null>;
  key: Generated<string | null>;
}

/** What an account could not bear, and who bears it. */
export interface LedgerShortfallTable {
  id: Generated<string>;
  account: string;
  amount: ColumnType<string, number | string, never>;
  borne_by: string;
  case_number: string;
  effect: string;
  entered_at: Generated<Date>;
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

export interface JournalTable {
  /** Kind and Beijing day: `refusal:2026-11-25`. */
  chain: string;
  seq: number;
  at: Stamp;
  person: string;
  /** Canonical JSON. */
  body: string;
  prev_hash: string;
  hash: string;
}

/** That a row was so, kept by a trigger of its table (see `held.ts`). */
export interface RowProofTable {
  /** The table. */
  of: string;
  /** What the row is about: a chain of its own. */
  thing: string;
  seq: number;
  named: string;
  /** SHA-256 of the row; empty = taken away. */
  digest: string;
  prev_hash: string;
  hash: string;
}

/** What the table of duties says, for the store's own fence. */
export interface DutyTable {
  thing: string;
  done: string;
  then_act: string;
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

export interface PackVersionTable {
  hash: string;
  id: string;
  version: string;
  content: Json<Pack>;
  /** `active`: approved; in force from `active_from` until another version of the id begins. */
  status: 'proposed' | 'active' | 'withdrawn' | 'rejected';
  active_from: MaybeStamp;
  withdrawn_at: MaybeStamp;
  /** Why it stands as it stands, in the words of whoever decided: sealed for their case. */
  reason: string | null;
  /** Null = the reason is that of a release. */
  reason_case: string | null;
  /** The case that proposed it; null = it came with a release. */
  case_number: string | null;
  created_at: Generated<Date>;
}

export interface CalendarVersionTable {
  id: string;
  version: string;
  ordinal: ColumnType<string, never, never>;
  hash: string;
  content: Json<CalendarDays>;
  /** Null = it came with a release. */
  loaded_by: string | null;
  loaded_at: Stamp;
}

export interface BulkJobTable {
  id: string;
  kind: 'calendar' | 'rebase';
  /** `asked` until its workflow has begun; `previewed` until somebody confirms it. */
  status: 'asked' | 'previewing' | 'previewed' | 'confirmed' | 'running' | 'done' | 'cancelled';
  pack_id: string | null;
  to_version: string | null;
  calendar_id: string | null;
  calendar_version: string | null;
  reason: string | null;
  person: string;
  roles: string[];
  confirmed: boolean;
  asked_at: Stamp;
  finished_at: MaybeStamp;
}

/** A deadline, from when to when. */
export interface DueChange {
  readonly clock: string;
  readonly from: number;
  readonly to: number;
  readonly provisional: boolean;
}

export interface BulkItemTable {
  job: string;
  case_number: string;
  status: 'due' | 'changed' | 'unchanged' | 'skipped' | 'refused';
  code: string | null;
  changes: Json<readonly DueChange[]>;
  done_at: MaybeStamp;
}

export interface FileTable {
  id: Generated<string>;
  hash: string;
  /** Bytes. */
  size: ColumnType<string, number | string, never>;
  type: string;
  /** As it is shown and handed out; nothing in the store is called so. */
  name: string;
  person: string;
  at: Stamp;
  /** Idempotency key of the request that brought it, and which of its files it was. */
  key: string;
  ordinal: number;
}

export interface AttachmentTable {
  id: Generated<string>;
  case_number: ColumnType<string | null, string | null | undefined, never>;
  register: ColumnType<string | null, string | null | undefined, never>;
  entry_id: ColumnType<string | null, string | null | undefined, never>;
  file_id: string;
  /** The filled form that names it; null = attached by itself. */
  document_hash: ColumnType<string | null, string | null | undefined, never>;
  note: ColumnType<string | null, string | null | undefined, never>;
  person: string;
  at: Stamp;
  key: ColumnType<string | null, string | null | undefined, never>;
  withdrawn_at: MaybeStamp;
  withdrawn_by: ColumnType<string | null, string | null | undefined, string | null>;
  withdrawn_reason: ColumnType<string | null, string | null | undefined, string | null>;
  /** Secrecy label of its own; null = that of what it is attached to. */
  label: ColumnType<string | null, string | null | undefined, string | null>;
}

export interface DocumentLabelTable {
  case_number: string;
  hash: string;
  label: string;
}

export interface PersonClearanceTable {
  person: string;
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

export interface TrackingLinkTable {
  /** SHA-256 of the link's secret. */
  hash: string;
  id: string;
  case_number: string;
  /** SHA-256 over secret and telephone tail. */
  tail_hash: string;
  made_by: string;
  made_at: Stamp;
  ends_at: Stamp;
  ended_at: MaybeStamp;
  ended_by: ColumnType<string | null, string | null | undefined, string | null>;
  key: ColumnType<string | null, string | null | undefined, never>;
  /** Wrong tails since the last right one, and in all. */
  failures: Generated<number>;
  failures_in_all: Generated<number>;
  locked_until: MaybeStamp;
  reads: Generated<number>;
  read_at: MaybeStamp;
}

export interface ConsentRequestTable {
  id: string;
  case_number: string;
  round: number;
  until_at: Stamp;
  reason: string;
  complex: boolean;
  asked_by: string;
  asked_at: Stamp;
  key: string;
}

export interface CustomerWordTable {
  id: Generated<string>;
  case_number: string;
  link: string;
  kind: 'solved' | 'not-solved' | 'message' | 'photos' | 'survey' | 'consent';
  round: number;
  body: Json<Readonly<Record<string, unknown>>>;
  at: Stamp;
  key: string;
}

export interface AuditTable {
  id: string;
  /** The check list as it was when the audit was opened. */
  checklist: Json<Checklist>;
  from_at: Stamp;
  /** Exclusive. */
  to_at: Stamp;
  person: string;
  at: Stamp;
}

export interface AuditMarkTable {
  ordinal: Generated<string>;
  audit: string;
  indicator: string;
  applicable: boolean;
  points: number;
  reason: string;
  person: string;
  at: Stamp;
  key: string;
}

export interface AuditIssueTable {
  audit: string;
  result: Json<AuditResult>;
  person: string;
  at: Stamp;
}

/** Requests of one caller in a window that has not ended; the key is a hash. */
export interface RateCountTable {
  key: string;
  taken: number;
  ends_at: Stamp;
}

/** What was answered by a key, for a day. */
export interface RequestAnswerTable {
  person: string;
  key: string;
  fingerprint: string;
  begun_at: Generated<Date>;
  /** Null: not answered yet. */
  status: number | null;
  /** Sealed for the person. */
  body: string | null;
  location: string | null;
}

export interface Store {
  subject_key: SubjectKeyTable;
  erasure: ErasureTable;
  audit: AuditTable;
  audit_mark: AuditMarkTable;
  audit_issue: AuditIssueTable;
  inbox: InboxTable;
  document: DocumentTable;
  case_file: CaseFileTable;
  event: EventTable;
  task: TaskTable;
  clock: ClockTable;
  outbox: OutboxTable;
  delivery: DeliveryTable;
  person_contact: PersonContactTable;
  absence: AbsenceTable;
  rollup: RollupTable;
  person: PersonTable;
  person_role: PersonRoleTable;
  person_clearance: PersonClearanceTable;
  document_label: DocumentLabelTable;
  label_change: LabelChangeTable;
  api_token: ApiTokenTable;
  account: AccountTable;
  sign_in_door: SignInDoorTable;
  session: SessionTable;
  one_time_link: OneTimeLinkTable;
  oidc_login: OidcLoginTable;
  oidc_identity: OidcIdentityTable;
  entry: EntryTable;
  entry_version: EntryVersionTable;
  entry_act: EntryActTable;
  entry_gram: EntryGramTable;
  entry_key: EntryKeyTable;
  entry_ref: EntryRefTable;
  register_counter: RegisterCounterTable;
  register_index: RegisterIndexTable;
  ledger_account: LedgerAccountTable;
  register_import: RegisterImportTable;
  register_import_fault: RegisterImportFaultTable;
  ledger_entry: LedgerEntryTable;
  ledger_shortfall: LedgerShortfallTable;
  effect_receipt: EffectReceiptTable;
  work_order: WorkOrderTable;
  dossier: DossierTable;
  issued_print: IssuedPrintTable;
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
  duty_act: DutyActTable;
  forgery: ForgeryTable;
  journal: JournalTable;
  row_proof: RowProofTable;
  pack_version: PackVersionTable;
  calendar_version: CalendarVersionTable;
  bulk_job: BulkJobTable;
  bulk_item: BulkItemTable;
  file: FileTable;
  draft: DraftTable;
  entry_pass: EntryPassTable;
  attachment: AttachmentTable;
  tracking_link: TrackingLinkTable;
  rate_count: RateCountTable;
  request_answer: RequestAnswerTable;
  customer_word: CustomerWordTable;
  consent_request: ConsentRequestTable;
}
