/** argon2id with OWASP's parameters: 19 MiB, two passes, one lane. */
import { hash, verify } from '@node-rs/argon2';

const options = { algorithm: 2 /* argon2id */, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFC'), options);

/** What nobody's password is compared with, so that a person who is not there takes as long as one who is. */
let nobody: Promise<string> | undefined;

export async function isPassword(stored: string | undefined, password: string): Promise<boolean> {
  nobody ??= hashPassword(crypto.randomUUID());
  const right = await verify(stored ?? (await nobody), password.normalize('NFC'));
  return stored !== undefined && right;
}
