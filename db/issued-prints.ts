/** Prints that were issued: kept as they were, each once. */
import type { Db } from './database.ts';
import { sealer, subjects } from './personal.ts';

export interface Issued {
  readonly number: string;
  readonly print: string;
  /** Which of its kind, from 1. */
  readonly ordinal: number;
  readonly seq: number;
  readonly bytes: Buffer;
  /** SHA-256 of the bytes, hex. */
  readonly hash: string;
  readonly missing: readonly string[];
}

/** Keeps a print unless it is there; the first one stays. */
export async function keepIssued(db: Db, { number, print, ordinal, seq, bytes, hash, missing }: Issued): Promise<void> {
  const seal = await sealer(db, subjects.case(number));
  await db
    .insertInto('issued_print')
    .values({ case_number: number, print, ordinal, seq, bytes: seal.bytes(bytes), hash, missing: [...missing] })
    .onConflict((c) => c.columns(['case_number', 'print', 'ordinal']).doNothing())
    .execute();
}

/** Whether it has been issued already. */
export async function isIssued(db: Db, number: string, print: string, ordinal: number): Promise<boolean> {
  const row = await db
    .selectFrom('issued_print')
    .select('seq')
    .where('case_number', '=', number)
    .where('print', '=', print)
    .where('ordinal', '=', ordinal)
    .executeTakeFirst();
  return row !== undefined;
}
