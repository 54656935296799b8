/** What people are told, and on which way. */
import type { ColumnType, Generated } from 'kysely';
import type { Json, MaybeStamp, Stamp } from './column.ts';

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

export interface NoticesTables {
  outbox: OutboxTable;
  delivery: DeliveryTable;
  person_contact: PersonContactTable;
}
