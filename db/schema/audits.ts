/** Audits after GB/T 27922, and the journals. */
import type { Generated } from 'kysely';
import type { Checklist } from '../../domain/audit/checklist.ts';
import type { AuditResult } from '../../domain/audit/score.ts';
import type { Json, Stamp } from './column.ts';

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

export interface AuditsTables {
  audit: AuditTable;
  audit_mark: AuditMarkTable;
  audit_issue: AuditIssueTable;
  journal: JournalTable;
  row_proof: RowProofTable;
}
