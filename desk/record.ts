/** Step 3, by whoever has the events: record them, and fetch what is missing when the batch before has no writer left. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Db } from '../db/database.ts';
import { alarm, noteForgeries, type Forgery } from '../db/forgeries.ts';
import { GapError, record, type Batch } from '../db/record.ts';
import { toldByHistory } from './history.ts';
import { noteRefusals } from './refusals.ts';

/** How long the writer of the batch before is given: it is usually in the middle of its transaction. */
const WAITS_MS = [10, 20, 40, 80, 150, 300, 600];

/** What of a batch claims to have come through the desk and has not. */
export type Doubts = (batch: Batch) => Promise<readonly Forgery[]>;

/**
 * Records a batch; on a gap waits for the batch before, then reads it from the case's history: a sender may have
 * promised to record and died, or never meant to. What is forged is recorded as the history holds it, and raises the alarm.
 * Returns the seq the record ends at.
 */
export async function recordInOrder(db: Db, client: Client, batch: Batch, doubts: Doubts): Promise<number> {
  const write = (some: Batch): Promise<number> => recordDoubted(db, some, doubts);
  for (const wait of WAITS_MS) {
    try {
      return await write(batch);
    } catch (error) {
      if (!(error instanceof GapError)) throw error;
      await pause(wait);
    }
  }
  const told = await toldByHistory(client, batch.number);
  const first = batch.events[0]?.seq ?? 1;
  const before = told.events.filter((e) => e.seq < first);
  // An outcome goes with its events: one that came later stays open, or nobody would carry its events on.
  const outcomes = told.outcomes.filter(({ verdict }) => verdict.outcome === 'refused' || verdict.lastSeq < first);
  await write({ number: batch.number, events: before, outcomes });
  return write(batch);
}

/** Records a batch whose seq must be the next. @throws GapError, RecordConflict, or the database's error */
export async function recordDoubted(db: Db, batch: Batch, doubts: Doubts): Promise<number> {
  const found = await doubts(batch);
  await noteForgeries(db, found);
  await noteRefusals(db, batch.outcomes);
  const seq = await record(db, batch);
  await alarm(db, found);
  return seq;
}
