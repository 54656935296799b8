/** Holds the record against its checkpoints: what only a rewrite of everything could hide shows here. */
import type { KeyObject } from 'node:crypto';
import type { Db } from '../db/database.ts';
import { hashesAt } from '../db/read/chain-ends.ts';
import {
  endsInOrder,
  hashOfCheckpoint,
  isSignedBy,
  NO_CHECKPOINT,
  rootOf,
  type ChainEnd,
  type SignedCheckpoint,
} from '../runtime/checkpoint/format.ts';

export interface CheckpointFault {
  /** Number of the checkpoint. */
  readonly checkpoint: number;
  readonly fault:
    /** Not signed by the key. */
    | 'unsigned'
    /** Not the one that follows the one before: taken out, put in or in another order. */
    | 'unlinked'
    /** Its root is not that of the ends it stands for. */
    | 'root'
    /** The record had this entry then and has it no more: cut. */
    | 'cut'
    /** The record had another entry at this place. */
    | 'rewritten';
  /** Which chain, and its seq at the checkpoint. */
  readonly chain?: string;
  readonly seq?: number;
}

/** Pure: faults of the checkpoints themselves. */
export function faultsOfCheckpoints(checkpoints: readonly SignedCheckpoint[], publicKey: KeyObject): CheckpointFault[] {
  const faults: CheckpointFault[] = [];
  const ends = new Map<string, ChainEnd>();
  let before: SignedCheckpoint | undefined;
  for (const one of checkpoints) {
    const say = (fault: CheckpointFault['fault']): void => void faults.push({ checkpoint: one.number, fault });
    if (!isSignedBy(one, publicKey)) say('unsigned');
    const previous = before === undefined ? NO_CHECKPOINT : hashOfCheckpoint(before);
    if (one.number !== (before?.number ?? 0) + 1 || one.previous !== previous) say('unlinked');
    for (const end of one.moved) ends.set(end[0], end);
    if (rootOf(endsInOrder(ends)) !== one.root) say('root');
    before = one;
  }
  return faults;
}

/** Every end that a checkpoint names must still be there, with its hash. */
export async function faultsOfRecord(db: Db, checkpoints: readonly SignedCheckpoint[]): Promise<CheckpointFault[]> {
  const faults: CheckpointFault[] = [];
  for (const { number, moved } of checkpoints) {
    for (let i = 0; i < moved.length; i += PAGE) {
      const page = moved.slice(i, i + PAGE);
      const found = await hashesAt(
        db,
        page.map(([chain, seq]) => ({ chain, seq })),
      );
      for (const [chain, seq, hash] of page) {
        const now = found.get(`${chain} ${seq}`);
        if (now !== hash) faults.push({ checkpoint: number, fault: now === undefined ? 'cut' : 'rewritten', chain, seq });
      }
    }
  }
  return faults;
}

const PAGE = 5_000;
