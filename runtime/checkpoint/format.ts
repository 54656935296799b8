/**
 * A checkpoint: where every chain of the record ended at an instant, chained to the checkpoint before and signed. A file each, outside
 * the database, written once; the heads it names are those that moved since the checkpoint before. Pure.
 */
import { createHash, sign, verify, type KeyObject } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical.ts';

/** A chain (a case's number, or a day's journal), its last seq and the hash there. */
export type ChainEnd = readonly [chain: string, seq: number, hash: string];

export interface Checkpoint {
  readonly number: number;
  readonly at: number;
  /** SHA-256 of the checkpoint before, hex; of the first, 64 zeros. */
  readonly previous: string;
  /** Ends of chains that moved since then, by name. */
  readonly moved: readonly ChainEnd[];
  /** SHA-256 over the ends of all chains there were, hex. */
  readonly root: string;
  readonly chains: number;
}

export type SignedCheckpoint = Checkpoint & { readonly signature: string };

export const NO_CHECKPOINT = '0'.repeat(64);

/** `moved` must be in the order of `endsInOrder`. */
export function rootOf(ends: Iterable<ChainEnd>): string {
  const hash = createHash('sha256');
  for (const [chain, seq, head] of ends) hash.update(`${chain} ${seq} ${head}\n`, 'utf8');
  return hash.digest('hex');
}

/** By UTF-16 code unit, as no database's collation does it. */
export function endsInOrder(ends: ReadonlyMap<string, ChainEnd>): ChainEnd[] {
  return [...ends.keys()].toSorted().map((chain) => ends.get(chain)!);
}

export const hashOfCheckpoint = (signed: SignedCheckpoint): string =>
  createHash('sha256').update(canonicalJson(signed), 'utf8').digest('hex');

/** Ed25519 (RFC 8032) over the canonical text. */
export function signCheckpoint(checkpoint: Checkpoint, key: KeyObject): SignedCheckpoint {
  return { ...checkpoint, signature: sign(null, Buffer.from(canonicalJson(checkpoint), 'utf8'), key).toString('base64') };
}

export function isSignedBy({ signature, ...checkpoint }: SignedCheckpoint, publicKey: KeyObject): boolean {
  const bytes = Buffer.from(signature, 'base64');
  // Node passes over what is no base64.
  return bytes.toString('base64') === signature && verify(null, Buffer.from(canonicalJson(checkpoint), 'utf8'), publicKey, bytes);
}

/** Of the text of a file. @throws when it is no checkpoint, signed or not */
export function readCheckpoint(text: string): SignedCheckpoint {
  const read = JSON.parse(text) as SignedCheckpoint;
  const { number, at, previous, moved, root, chains, signature } = read;
  const isWhole =
    [number, at, chains].every((one) => typeof one === 'number') &&
    [previous, root, signature].every((one) => typeof one === 'string') &&
    Array.isArray(moved) &&
    moved.every(([chain, seq, hash]) => typeof chain === 'string' && typeof seq === 'number' && typeof hash === 'string');
  if (!isWhole) throw new Error('a field is missing or of another kind');
  return read;
}
