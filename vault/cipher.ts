/**
 * What is personal, sealed by the key of its subject: AES-256-GCM, a random IV of 12 bytes each time, the subject as additional
 * data, so that a sealed text that is copied to somebody else's row does not open there (NIST SP 800-38D).
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
export const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Begins every sealed text. */
const MARK = 'sealed:1:';
/** Begins sealed bytes; no file that is taken begins so. */
const HEAD = Buffer.from('\0sealed1', 'latin1');

/** What is sealed was changed, or is of another subject. */
export class NotOurs extends Error {}

export function sealText(key: Buffer, subject: string, text: string): string {
  return MARK + seal(key, subject, Buffer.from(text, 'utf8')).toString('base64');
}

/** @throws NotOurs */
export function openText(key: Buffer, subject: string, sealed: string): string {
  const text = sealed.slice(MARK.length);
  const bytes = Buffer.from(text, 'base64');
  // Node passes over what is no base64; a text that says the same in another way was changed.
  if (bytes.toString('base64') !== text) throw new NotOurs(`what is sealed of ${subject} was changed`);
  return open(key, subject, bytes).toString('utf8');
}

export const isSealedText = (text: string): boolean => text.startsWith(MARK);

export function sealBytes(key: Buffer, subject: string, bytes: Buffer): Buffer {
  return Buffer.concat([HEAD, seal(key, subject, bytes)]);
}

/** @throws NotOurs */
export function openBytes(key: Buffer, subject: string, sealed: Buffer): Buffer {
  return open(key, subject, sealed.subarray(HEAD.length));
}

export const isSealedBytes = (bytes: Buffer): boolean => bytes.subarray(0, HEAD.length).equals(HEAD);

function seal(key: Buffer, subject: string, plain: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(subject, 'utf8'));
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function open(key: Buffer, subject: string, sealed: Buffer): Buffer {
  if (sealed.length < IV_BYTES + TAG_BYTES) throw new NotOurs(`what is sealed of ${subject} is cut off`);
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(subject, 'utf8'));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    throw new NotOurs(`what is sealed of ${subject} was changed, or is of another subject`);
  }
}
