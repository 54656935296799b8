/** Keys of files in memory; a file can be erased. */
import { randomBytes } from 'node:crypto';
import type { FileKeys } from '../../../files/store.ts';

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
    erase: (hash) => void keys.delete(hash),
    change: (hash) => void fresh(hash),
  };
}
