/** The hash chain of an entry's versions: SHA-256 over the previous hash and the canonical form of the version, hex. */
import { canonicalJson } from '../domain/canonical.ts';
import { sha256 } from './hash.ts';

export interface ChainedVersion {
  readonly register: string;
  readonly id: string;
  readonly version: number;
  /** Version of the register's definition. */
  readonly definition: string;
  readonly person: string;
  readonly at: Date;
  /** As it is kept: sealed. So the chain holds after an erasure. */
  readonly reason: string | null;
  readonly key: string | null;
  /** As it is kept, canonical. */
  readonly body: string;
}

export function entryHash(previous: string, { register, id, version, definition, person, at, reason, key, body }: ChainedVersion): string {
  const text = canonicalJson({ version, definition, person, at: at.getTime(), reason, key, body });
  return sha256(`${previous}\n${register} ${id}\n${text}`);
}
