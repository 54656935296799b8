/** The desk's sealing key: 32 random bytes in a file of its own, made at the first start, readable by its owner alone. */
import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** @throws when the file is there and does not hold 32 bytes in hex. */
export function readSealKey(file: string): Buffer {
  const found = tryRead(file) ?? make(file);
  const key = Buffer.from(found.trim(), 'hex');
  if (key.length !== 32) throw new Error(`${file} must hold 64 hexadecimal digits`);
  return key;
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
