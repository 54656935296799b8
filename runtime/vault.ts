/**
 * The master keys of personal data, in a file of their own: the first line wraps, the others still unwrap. Made at the first start.
 * Without it nothing personal is ever read again: it is kept apart from the database and from its backups.
 */
import { vaultWith, type Vault } from '../vault/vault.ts';
import { readOrMakeKeyFile } from './keys/file.ts';
import { keyRing } from './keys/ring.ts';

/** @param at the keys themselves where a store of secrets hands them in, else their file @throws in one sentence when they cannot be read */
export function readVault({ keyFile, keys }: { readonly keyFile: string; readonly keys?: string | undefined }): Vault {
  return vaultWith(keys === undefined ? readOrMakeKeyFile(keyFile) : keyRing(keys, 'REDRESS_VAULT_KEYS'));
}
