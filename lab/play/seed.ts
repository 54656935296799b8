/** Puts into the store what is so before the story begins. */
import { accounts } from '../../activities/effects.ts';
import type { Db } from '../../db/database.ts';
import type { Given } from '../story.ts';

/** @param owner a connection that may write master data */
export async function seed(owner: Db, { units, retention }: Given): Promise<void> {
  if (units.length > 0) {
    await owner
      .insertInto('unit')
      .values(units.map(({ warrantyUntil, ...unit }) => ({ ...unit, warranty_until: warrantyUntil ?? null })))
      .execute();
  }
  if (retention === undefined || retention === 0) return;
  const each = new Set(units.map((unit) => accounts.retention(unit.builder, unit.building)));
  await owner
    .insertInto('ledger_entry')
    .values([...each].map((account) => ({ account, amount: retention, case_number: null, effect: `lab:${account}` })))
    .execute();
}
