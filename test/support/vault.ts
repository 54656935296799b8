/** One master key for everything that a test run opens, in whatever process. */
import { ringOf } from '../../runtime/keys/ring.ts';
import { vaultWith, type Vault } from '../../vault/vault.ts';

export const testVault: Vault = vaultWith(ringOf([Buffer.alloc(32, 7)]));
