/** Packs and calendars by version, and jobs that take open cases to newer ones. */
import type { ColumnType, Generated } from 'kysely';
import type { CalendarDays } from '../../domain/calendar.ts';
import type { Pack } from '../../domain/pack.ts';
import type { Json, MaybeStamp, Stamp } from './column.ts';

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

export interface RulesTables {
  pack_version: PackVersionTable;
  calendar_version: CalendarVersionTable;
  bulk_job: BulkJobTable;
  bulk_item: BulkItemTable;
}
