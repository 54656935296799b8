/** The customer's side: links, words, questions of consent. */
import type { ColumnType, Generated } from 'kysely';
import type { Json, MaybeStamp, Stamp } from './column.ts';

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

export interface CustomerTables {
  tracking_link: TrackingLinkTable;
  customer_word: CustomerWordTable;
  consent_request: ConsentRequestTable;
}
