/** The key that signs checkpoints: Ed25519 in PEM, made at the first start; whoever verifies needs the public half only. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { draftOf } from '../draft.ts';

/** @throws when the file is there and holds no Ed25519 key in PEM */
export function readCheckpointKey(file: string): KeyObject {
  const key = createPrivateKey(tryRead(file) ?? make(file));
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${file} must hold an Ed25519 key in PEM`);
  return key;
}

/** Of the private key's file, or of a file with the public half. */
export function readPublicKey(file: string): KeyObject {
  return createPublicKey(readFileSync(file, 'utf8'));
}

function tryRead(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function make(file: string): string {
  mkdirSync(dirname(file), { recursive: true });
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const draft = draftOf(file);
  writeFileSync(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  try {
    linkSync(draft, file);
    writeFileSync(`${file}.pub`, publicKey.export({ type: 'spki', format: 'pem' }), { mode: 0o644 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file, 'utf8');
}
