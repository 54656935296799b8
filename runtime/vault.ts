/**
 * The master keys of personal data, in a file of their own: the first line wraps, the others still unwrap. Made at the first start.
 * Without it nothing personal is ever read again: it is kept apart from the database and from its backups.
 */
import { vaultWith, type Vault } from '../vault/vault.ts';
import { readOrMakeKeyFile } from './keys/file.ts';

/** @throws in one sentence when the file cannot be read */
export function readVault(file: string): Vault {
  return vaultWith(readOrMakeKeyFile(file));
}
