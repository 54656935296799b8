/** Secrets that a session, a token or a link consists of: 256 random bits; only their SHA-256 is stored, which needs no salt. */
import { createHash, randomBytes } from 'node:crypto';

export const newSecret = (): string => randomBytes(32).toString('base64url');

export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('hex');
}
