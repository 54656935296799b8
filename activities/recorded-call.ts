/** An effect that reads the record waits until the record holds what asked for it. */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import type { EffectCall } from '../workflows/kit/ports.ts';

/**
 * Seq of the event that asked for an effect. The effect starts when the decision is in the history; whoever records it
 * may be in the middle of that, or dead and about to be carried on. @throws when it is not recorded soon: try again
 */
export async function recordedCall(db: Db, effect: string, { number, ordinal }: EffectCall): Promise<number> {
  for (let wait = 20; ; wait *= 2) {
    const row = await db
      .selectFrom('event')
      .select('seq')
      .where('case_number', '=', number)
      .where('kind', '=', 'effect-asked')
      .where(sql<boolean>`body -> 'data' @> ${JSON.stringify({ effect, ordinal })}::jsonb`)
      .executeTakeFirst();
    if (row !== undefined) return row.seq;
    if (wait > 1_000) throw new Error(`case ${number}: what asked for ${effect} ${ordinal} is not recorded yet`);
    await pause(wait);
  }
}
