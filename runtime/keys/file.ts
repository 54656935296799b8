/** A file of keys: readable by its owner alone, and where asked for made at the first start. */
import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { draftOf } from '../draft.ts';
import { KEY_BYTES, keyRing, type KeyRing } from './ring.ts';

/** @throws in one sentence when the file is not there, is open to others, or holds something else than keys */
export function readKeyFile(file: string): KeyRing {
  const text = tryRead(file);
  if (text === undefined) throw new Error(`${file} is not there: \`redress keys new ${file}\` makes it`);
  return keyRing(text, file);
}

/** As `readKeyFile`; a file that is not there is made. Only for keys of which each installation makes its own. */
export function readOrMakeKeyFile(file: string): KeyRing {
  return keyRing(tryRead(file) ?? make(file), file);
}

/** Makes a file of one fresh key. @throws when it is there already */
export function makeKeyFile(file: string): KeyRing {
  if (tryRead(file) !== undefined) throw new Error(`${file} is there already: \`redress keys add\` puts a key into it`);
  return keyRing(make(file), file);
}

/** Puts a fresh key below the others: it reads, and writes once `useKey` puts it on top. @returns its id */
export function addKey(file: string): string {
  const { all } = readKeyFile(file);
  const added = keyRing(randomBytes(KEY_BYTES).toString('hex'), file).current;
  rewrite(file, [...all.map(({ bytes }) => bytes), added.bytes]);
  return added.id;
}

/** Puts the key with this id on top, where it writes. @throws when the file does not hold it */
export function useKey(file: string, id: string): void {
  const { all, find } = readKeyFile(file);
  const chosen = find(id);
  if (chosen === undefined) throw new Error(`${file} holds no key ${id}`);
  rewrite(
    file,
    [chosen, ...all.filter((key) => key !== chosen)].map(({ bytes }) => bytes),
  );
}

function tryRead(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    if (process.platform !== 'win32' && (statSync(file).mode & 0o007) !== 0)
      throw new Error(`${file} can be read or written by everybody on this machine: \`chmod 600 ${file}\``);
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Two processes may start at once: whoever links first wins, the other reads what is there. */
function make(file: string): string {
  const draft = drafted(file, [randomBytes(KEY_BYTES)]);
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file, 'utf8');
}

/** In one step: whoever reads meanwhile has the file of before. */
function rewrite(file: string, keys: readonly Buffer[]): void {
  renameSync(drafted(file, keys), file);
}

function drafted(file: string, keys: readonly Buffer[]): string {
  mkdirSync(dirname(file), { recursive: true });
  const draft = draftOf(file);
  writeFileSync(draft, `${keys.map((key) => key.toString('hex')).join('\n')}\n`, { mode: 0o600 });
  return draft;
}
