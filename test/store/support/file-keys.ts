/** Keys of files in memory; a file can be erased. */
import { createHash, randomBytes } from 'node:crypto';
import type { FileKeys } from '../../../files/store.ts';

/** By which a file lies on the disk. */
export const nameOf = (hash: string): string => createHash('sha256').update(`name of ${hash}`).digest('hex').slice(0, 32);

export interface TestFileKeys extends FileKeys {
  erase(hash: string): void;
  /** Another key in its place. */
  change(hash: string): void;
}

export function testFileKeys(): TestFileKeys {
  const keys = new Map<string, Buffer>();
  const fresh = (hash: string): Buffer => {
    const key = randomBytes(32);
    keys.set(hash, key);
    return key;
  };
  return {
    keyFor: async (hash) => keys.get(hash) ?? fresh(hash),
    find: async (hash) => keys.get(hash),
    nameOf: async (hash) => nameOf(hash),
    erase: (hash) => void keys.delete(hash),
    change: (hash) => void fresh(hash),
  };
}
