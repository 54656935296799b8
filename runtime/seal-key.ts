/**
 * The desk's sealing keys, in a file of their own that is made at the first start. The first seals; the others once did,
 * and what they sealed is still the desk's: a new key goes on top.
 */
import { readOrMakeKeyFile } from './keys/file.ts';

export interface SealKeys {
  readonly sealKey: Buffer;
  readonly formerSealKeys: readonly Buffer[];
}

/** @throws when the file is there and a line of it does not hold 32 bytes in hex */
export function readSealKeys(file: string): SealKeys {
  const { current, all } = readOrMakeKeyFile(file);
  return { sealKey: current.bytes, formerSealKeys: all.slice(1).map(({ bytes }) => bytes) };
}
