/** Registers: entries with their versions, and by what they are found. */
import type { ColumnType, Generated } from 'kysely';
import type { EntryStatus } from '../../domain/register/definition.ts';
import type { Json, MaybeStamp, Stamp } from './column.ts';

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

export interface RegistersTables {
  entry: EntryTable;
  entry_version: EntryVersionTable;
  entry_act: EntryActTable;
  entry_gram: EntryGramTable;
  entry_key: EntryKeyTable;
  entry_ref: EntryRefTable;
  register_counter: RegisterCounterTable;
  register_index: RegisterIndexTable;
  register_import: RegisterImportTable;
  register_import_fault: RegisterImportFaultTable;
  entry_pass: EntryPassTable;
}
