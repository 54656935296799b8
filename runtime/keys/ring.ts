/**
 * Keys of 32 random bytes that are rotated: the first one writes, all of them read. One hexadecimal key a line; blank lines
 * and lines that begin with # count for nothing. Where they lie (a file, a variable, a store of secrets) is the caller's.
 */
import { createHash } from 'node:crypto';

export const KEY_BYTES = 32;

export interface Key {
  /** By what a ciphertext names its key: 16 hexadecimal digits made of the key, so a name never points at another key. */
  readonly id: string;
  readonly bytes: Buffer;
}

export interface KeyRing {
  /** The key that writes. */
  readonly current: Key;
  /** The key that writes, then those that only read, as they stand in the text. */
  readonly all: readonly Key[];
  find(id: string): Key | undefined;
}

/**
 * @param text keys between blanks or line ends, the one that writes first
 * @param from what the text came from, for the message
 * @throws in one sentence that never shows a key, when there is none or one is not 64 hexadecimal digits
 */
export function keyRing(text: string, from: string): KeyRing {
  const words = text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .flatMap((line) => line.split(/\s+/))
    .filter(Boolean);
  if (words.length === 0 || words.some((word) => !/^[0-9a-f]{64}$/i.test(word)))
    throw new Error(`${from} must hold keys of 64 hexadecimal digits, one a line, the one that writes first`);
  return ringOf(words.map((word) => Buffer.from(word, 'hex')));
}

/** @param keys the one that writes first; at least one, each of 32 bytes */
export function ringOf(keys: readonly Buffer[]): KeyRing {
  const all = keys.map((bytes) => ({ id: idOf(bytes), bytes }));
  const [current] = all;
  if (current === undefined || keys.some(({ length }) => length !== KEY_BYTES))
    throw new Error('a ring holds keys of 32 bytes, at least one');
  const byId = new Map(all.map((key) => [key.id, key]));
  return { current, all, find: (id) => byId.get(id) };
}

/** One way: 32 random bytes cannot be found again from it. */
function idOf(bytes: Buffer): string {
  return createHash('sha256').update('redress key id\n').update(bytes).digest('hex').slice(0, 16);
}
