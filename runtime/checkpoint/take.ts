/** Takes a checkpoint of the record. */
import type { KeyObject } from 'node:crypto';
import type { Db } from '../../db/database.ts';
import { chainEnds } from '../../db/read/chain-ends.ts';
import type { Instant } from '../../domain/time.ts';
import { readCheckpoints, writeCheckpoint } from './folder.ts';
import { endsInOrder, hashOfCheckpoint, NO_CHECKPOINT, rootOf, signCheckpoint, type ChainEnd, type SignedCheckpoint } from './format.ts';

export interface CheckpointOptions {
  readonly db: Db;
  /** Outside the database, where its administrators cannot write. */
  readonly folder: string;
  readonly key: KeyObject;
}

/**
 * Signs where all chains end and writes it beside the checkpoints before. Undefined when nothing has moved since the last one, or
 * another process has just taken one.
 */
export async function takeCheckpoint({ db, folder, key }: CheckpointOptions, at: Instant): Promise<SignedCheckpoint | undefined> {
  const before = await readCheckpoints(folder);
  const last = before.at(-1);
  const ends = new Map(before.flatMap(({ moved }) => moved.map((end): [string, ChainEnd] => [end[0], end])));
  const moved: ChainEnd[] = [];
  for (const { chain, seq, hash } of await chainEnds(db)) {
    const known = ends.get(chain);
    // A chain that has become shorter stays as it was signed: that is what verifying finds.
    if (known !== undefined && known[1] >= seq) continue;
    const end: ChainEnd = [chain, seq, hash];
    ends.set(chain, end);
    moved.push(end);
  }
  if (moved.length === 0) return undefined;
  const checkpoint = {
    number: (last?.number ?? 0) + 1,
    at,
    previous: last === undefined ? NO_CHECKPOINT : hashOfCheckpoint(last),
    moved: endsInOrder(new Map(moved.map((end) => [end[0], end]))),
    root: rootOf(endsInOrder(ends)),
    chains: ends.size,
  };
  const signed = signCheckpoint(checkpoint, key);
  return (await writeCheckpoint(folder, signed)) ? signed : undefined;
}
