/** Read your writes: a read may name what it must at least show, the `seq` of an earlier answer. */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Db } from '../../db/database.ts';
import { seqOfCase } from '../../db/read/cases.ts';
import { Problem } from '../problems/problem.ts';

const LOOK_EVERY_MS = 100;
const WAITS_MS = 3_000;

export const minSeq = z.coerce
  .number()
  .int()
  .min(1)
  .max(100_000)
  .optional()
  .describe('Not before the record is at least here, as an earlier answer said in `seq`; waits up to 3 s, then 409 `not-yet`');

/** Waits until the record of a case that is there reaches `seq`. @throws Problem not-yet, to be asked again */
export async function atLeast(db: Db, number: string, seq: number | undefined): Promise<void> {
  if (seq === undefined) return;
  for (let waited = 0; ; waited += LOOK_EVERY_MS) {
    const now = await seqOfCase(db, number);
    if (now === undefined || now >= seq) return;
    if (waited >= WAITS_MS) throw new Problem('not-yet', { headers: { 'Retry-After': '1' } });
    await pause(LOOK_EVERY_MS);
  }
}
