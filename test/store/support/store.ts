/** A fresh store for one test file: as the application sees it, and as its owner does. */
import { sql } from 'kysely';
import { afterAll, beforeAll } from 'vitest';
import { connect, type Db } from '../../../db/database.ts';
import { freshDatabase, type FreshDatabase } from '../../support/database.ts';
import { testVault } from '../../support/vault.ts';

export interface TestStore {
  readonly db: Db;
  readonly owner: Db;
  readonly url: string;
  /** Runs statements as somebody who can take the fence down: owner, triggers off. */
  tamper(...statements: readonly string[]): Promise<void>;
}

/** Made before the file's tests, removed after them. */
export function useStore(): TestStore {
  let fresh: FreshDatabase;
  let db: Db;
  let owner: Db;
  beforeAll(async () => {
    fresh = await freshDatabase();
    db = connect({ url: fresh.url, poolSize: 8, vault: testVault });
    owner = connect({ url: fresh.url, as: 'owner', poolSize: 2, vault: testVault });
  });
  afterAll(async () => {
    await db.destroy();
    await owner.destroy();
    await fresh.drop();
  });
  return {
    get db() {
      return db;
    },
    get owner() {
      return owner;
    },
    get url() {
      return fresh.url;
    },
    tamper: (...statements) =>
      owner.transaction().execute(async (trx) => {
        await sql`set local session_replication_role = replica`.execute(trx);
        for (const statement of statements) await sql.raw(statement).execute(trx);
      }),
  };
}
