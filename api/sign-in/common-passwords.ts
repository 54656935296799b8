/** Passwords that everybody has seen: the 20,000 most frequent ones of ten characters and more among ten million breached ones (Mark Burnett's list). */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** First bytes of the SHA-256 of each, in lower case, sorted: the words themselves are nothing to read. One in fifty million others is taken for one. */
const BYTES = 5;
let known: ReadonlySet<string> | undefined;

export function isCommonPassword(password: string): boolean {
  known ??= read();
  return known.has(
    createHash('sha256')
      .update(password.normalize('NFC').toLowerCase(), 'utf8')
      .digest('hex')
      .slice(0, BYTES * 2),
  );
}

function read(): Set<string> {
  const hex = readFileSync(join(import.meta.dirname, 'common-passwords.bin')).toString('hex');
  return new Set(Array.from({ length: hex.length / BYTES / 2 }, (_, at) => hex.slice(at * BYTES * 2, (at + 1) * BYTES * 2)));
}
