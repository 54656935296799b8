/** The books: accounts, entries, what an account could not bear. */
import type { ColumnType, Generated } from 'kysely';
import type { MaybeStamp } from './column.ts';

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

export interface BooksTables {
  ledger_account: LedgerAccountTable;
  ledger_entry: LedgerEntryTable;
  ledger_shortfall: LedgerShortfallTable;
}
