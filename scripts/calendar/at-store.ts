import type { Client } from '@temporalio/client';
import type { Db } from '../../db/database.ts';
import type { Desk, RuleBook } from '../../desk/index.ts';
import { readVault } from '../../runtime/vault.ts';

export interface AtStore {
  readonly db: Db;
  readonly client: Client;
  readonly rules: RuleBook;
  readonly desk: Desk;
}

/** Works at the store and the engine that run here, or that the environment names, and closes them. */
export async function atStore<T>(work: (at: AtStore) => Promise<T>): Promise<T> {
  const [{ config }, { reach }, { connect }, { connectClient }, { ruleBook }, { readSealKeys }, { createDesk }] = await Promise.all([
    import('../../temporal.config.ts'),
    import('../stack/reach.ts'),
    import('../../db/database.ts'),
    import('../../runtime/client.ts'),
    import('../../runtime/packs.ts'),
    import('../../runtime/seal-key.ts'),
    import('../../desk/index.ts'),
  ]);
  const { databaseUrl, temporal } = await reach(config);
  const client = await connectClient({ ...config, temporal });
  const db = connect({ url: databaseUrl, poolSize: 4, vault: readVault(config.vault) });
  try {
    const rules = ruleBook(db, (why) => process.stderr.write(`${why}\n`));
    const desk = createDesk({ db, engine: { client, taskQueue: config.taskQueue }, rules, ...readSealKeys(config.deskKeyFile) });
    return await work({ db, client, rules, desk });
  } finally {
    await client.connection.close();
    await db.destroy();
  }
}
