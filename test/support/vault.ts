/** One master key for everything that a test run opens, in whatever process. */
import { ringOf } from '../../runtime/keys/ring.ts';
import { vaultWith, type Vault } from '../../vault/vault.ts';

/** As a child process is given it. */
export const TEST_MASTER_KEY = '07'.repeat(32);

export const testVault: Vault = vaultWith(ringOf([Buffer.from(TEST_MASTER_KEY, 'hex')]));
