/** Keyed hashes: equal words are equal, and without the key nobody finds which. */
import { createHmac } from 'node:crypto';

/** Begins every keyed word; no word of the open index looks like it. */
export const KEYED = '#';

/** @param about what the word is of, so that equal words of two registers or fields are not equal. 22 characters (128 bits) after the mark */
export function keyedWord(key: Buffer, about: string, word: string): string {
  const hash = createHmac('sha256', key).update(`${about}\n${word}`, 'utf8').digest().subarray(0, 16);
  return KEYED + hash.toString('base64url');
}

/** A keyed word without its mark: base64url. */
export const bareWord = (keyed: string): string => keyed.slice(KEYED.length);
