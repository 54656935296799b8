/** Whether a key comes again with the same request: by a keyed hash, since a short form could be guessed from a plain one. */
import type { Db } from './database.ts';
import { sha256 } from './hash.ts';
import { keyedWords } from './personal.ts';

/** @param said all that makes two requests the same, wording included */
export async function fingerprintOf(db: Db, said: string): Promise<string> {
  return (await keyedWords(db))('request', said);
}

/** A row of a time when the hash was plain is known by that. */
export async function isSameSaid(db: Db, { fingerprint }: { readonly fingerprint: string }, said: string): Promise<boolean> {
  return fingerprint === (await fingerprintOf(db, said)) || fingerprint === sha256(said);
}
