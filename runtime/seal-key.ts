/**
 * The desk's sealing keys: 32 random bytes each, one a line, in a file of their own, made at the first start, readable by its
 * owner alone. The first line seals; the others once did, and what they sealed is still the desk's: a new key goes on top.
 */
import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface SealKeys {
  readonly sealKey: Buffer;
  readonly formerSealKeys: readonly Buffer[];
}

/** @throws when the file is there and a line of it does not hold 32 bytes in hex. */
export function readSealKeys(file: string): SealKeys {
  const found = tryRead(file) ?? make(file);
  const [sealKey, ...formerSealKeys] = found
    .trim()
    .split(/\s+/)
    .map((line) => Buffer.from(line, 'hex'));
  if (sealKey === undefined || [sealKey, ...formerSealKeys].some((key) => key.length !== 32))
    throw new Error(`${file} must hold 64 hexadecimal digits in each line`);
  return { sealKey, formerSealKeys };
}

function tryRead(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Two processes may start at once: whoever links first wins, the other reads what is there. */
function make(file: string): string {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, randomBytes(32).toString('hex'), { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file, 'utf8');
}
