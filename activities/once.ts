/** An effect happens once: its receipt is written in the same transaction as what it does. */
import type { Db, Trx } from '../db/database.ts';
import type { EffectCall } from '../workflows/kit/ports.ts';

/** Runs `work` unless its receipt is there; then returns the first result. */
export async function once<T extends Record<string, unknown>>(
  db: Db,
  effect: string,
  { number, ordinal }: EffectCall,
  work: (trx: Trx) => Promise<T>,
): Promise<T> {
  const id = { case_number: number, effect, ordinal };
  const receipt = async (from: Db | Trx): Promise<T | undefined> => {
    const row = await from
      .selectFrom('effect_receipt')
      .select('result')
      .where('case_number', '=', number)
      .where('effect', '=', effect)
      .where('ordinal', '=', ordinal)
      .executeTakeFirst();
    return row?.result as T | undefined;
  };
  const known = await receipt(db);
  if (known !== undefined) return known;
  try {
    return await db.transaction().execute(async (trx) => {
      const result = await work(trx);
      await trx
        .insertInto('effect_receipt')
        .values({ ...id, result: JSON.stringify(result) })
        .execute();
      return result;
    });
  } catch (error) {
    // A second attempt beside a first one: whoever committed first did it, and the other found it done or its receipt there.
    const first = await receipt(db).catch(() => undefined);
    if (first === undefined) throw error;
    return first;
  }
}
