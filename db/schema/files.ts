/** Files that were sent, and what they are attached to. */
import type { ColumnType, Generated } from 'kysely';
import type { MaybeStamp, Stamp } from './column.ts';

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

export interface FilesTables {
  file: FileTable;
  attachment: AttachmentTable;
}
