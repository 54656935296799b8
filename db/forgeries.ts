/** Messages that claimed to have come through the desk and had not. Found when their events are recorded; never taken back. */
import type { Db } from './database.ts';
import { markForOperators } from './record.ts';

export interface Forgery {
  readonly number: string;
  /** Key of the message. */
  readonly key: string;
  /** Its first event. */
  readonly seq: number;
  readonly why: string;
}

/** Notes them before their events are recorded, so that no effect runs ahead of the alarm. Noted again it changes nothing. */
export async function noteForgeries(db: Db, found: readonly Forgery[]): Promise<void> {
  if (found.length === 0) return;
  await db
    .insertInto('forgery')
    .values(found.map(({ number, key, seq, why }) => ({ case_number: number, key, seq, why })))
    .onConflict((c) => c.doNothing())
    .execute();
}

/** The alarm: the case is shown to operators. */
export async function alarm(db: Db, found: readonly Forgery[]): Promise<void> {
  for (const { number, key, seq, why } of found) await markForOperators(db, number, `forged: event ${seq} by ${key}: ${why}`);
}

export async function hasForgery(db: Db, number: string): Promise<boolean> {
  const row = await db.selectFrom('forgery').select('key').where('case_number', '=', number).limit(1).executeTakeFirst();
  return row !== undefined;
}
