/** After a newer master key was put on top: wraps the keys of all subjects by it, so that the old one may go. */
import type { Db } from './database.ts';
import { vaultOf } from './vault-of.ts';

const AT_ONCE = 500;

/** May be broken off and run again. @returns how many were wrapped anew */
export async function rewrapAll(db: Db): Promise<number> {
  const vault = vaultOf(db);
  let done = 0;
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('subject_key')
      .select(['subject', 'master_key', 'wrapped'])
      .where('subject', '>', after)
      .where('wrapped', 'is not', null)
      .orderBy('subject')
      .limit(AT_ONCE)
      .execute();
    for (const { subject, master_key: masterKey, wrapped } of rows) {
      if (masterKey === null || wrapped === null) continue;
      const anew = vault.rewrap(subject, { masterKey, wrapped });
      if (anew === undefined) continue;
      // Erased meanwhile, it stays erased.
      const { numUpdatedRows } = await db
        .updateTable('subject_key')
        .set({ master_key: anew.masterKey, wrapped: anew.wrapped })
        .where('subject', '=', subject)
        .where('master_key', '=', masterKey)
        .executeTakeFirstOrThrow();
      done += Number(numUpdatedRows);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < AT_ONCE) return done;
    after = last.subject;
  }
}
