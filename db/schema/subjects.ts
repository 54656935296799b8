/** Keys of subjects, and what was erased. */
import type { Generated } from 'kysely';
import type { MaybeStamp, Stamp } from './column.ts';

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

export interface SubjectsTables {
  subject_key: SubjectKeyTable;
  erasure: ErasureTable;
}
