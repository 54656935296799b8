/** The master key wraps the keys of subjects: who has the database without it reads nothing personal. */
import { randomBytes } from 'node:crypto';
import { KEY_BYTES, openBytes, sealBytes } from './cipher.ts';

/** Where master keys lie is the caller's: a file, a variable, a store of secrets. The current one wraps, all of them unwrap. */
export interface MasterKeys {
  readonly current: { readonly id: string; readonly bytes: Buffer };
  find(id: string): { readonly bytes: Buffer } | undefined;
}

export interface WrappedKey {
  /** Id of the master key. */
  readonly masterKey: string;
  readonly wrapped: Buffer;
}

export interface Vault {
  /** A fresh key, and how it is kept. */
  freshKey(subject: string): WrappedKey & { readonly key: Buffer };
  /** @throws when the master key is not among ours, NotOurs when it was changed or is of another subject */
  unwrap(subject: string, wrapped: WrappedKey): Buffer;
  /** The same key wrapped by the current master key; undefined when it is already. */
  rewrap(subject: string, wrapped: WrappedKey): WrappedKey | undefined;
}

export function vaultWith(master: MasterKeys): Vault {
  const wrap = (subject: string, key: Buffer): WrappedKey => ({
    masterKey: master.current.id,
    wrapped: sealBytes(master.current.bytes, aboutKey(subject), key),
  });
  const unwrap = (subject: string, { masterKey, wrapped }: WrappedKey): Buffer => {
    const found = master.find(masterKey);
    if (found === undefined)
      throw new Error(`the key of ${subject} is wrapped by the master key ${masterKey}, which this process does not have`);
    return openBytes(found.bytes, aboutKey(subject), wrapped);
  };
  return {
    freshKey(subject) {
      const key = randomBytes(KEY_BYTES);
      return { key, ...wrap(subject, key) };
    },
    unwrap,
    rewrap: (subject, wrapped) => (wrapped.masterKey === master.current.id ? undefined : wrap(subject, unwrap(subject, wrapped))),
  };
}

const aboutKey = (subject: string): string => `key of ${subject}`;
