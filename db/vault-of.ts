/** Which vault a connection seals with. Transactions and connections of one pool share it. */
import type { DialectAdapter } from 'kysely';
import type { Vault } from '../vault/vault.ts';
import type { Db, Trx } from './database.ts';

const vaults = new WeakMap<DialectAdapter, Vault>();

export function giveVault(db: Db, vault: Vault): void {
  vaults.set(db.getExecutor().adapter, vault);
}

/** @throws when the store was opened without: whoever does so reads and writes nothing personal */
export function vaultOf(db: Db | Trx): Vault {
  const vault = vaults.get(db.getExecutor().adapter);
  if (vault === undefined) throw new Error('the store was opened without the keys of personal data');
  return vault;
}
