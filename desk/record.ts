/** Step 3, by whoever has the events: record them, and fetch what is missing when the batch before has no writer left. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Db } from '../db/database.ts';
import { alarm, noteForgeries, type Forgery } from '../db/forgeries.ts';
import { DutyBroken } from '../db/duty-acts.ts';
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
  const broken: Forgery[] = [];
  const seq = await recordBroken(db, batch, broken);
  await alarm(db, [...found, ...broken]);
  return seq;
}

/**
 * A decision that the store refuses because one person would have done two acts that are kept apart has got past the case's own rule. It is
 * recorded, for the history holds it; it is noted as no decision to go by, and no effect is carried out.
 */
async function recordBroken(db: Db, batch: Batch, broken: Forgery[]): Promise<number> {
  try {
    return await record(db, batch);
  } catch (error) {
    if (!(error instanceof DutyBroken)) throw error;
    const { seq, message } = error;
    const key = batch.events.find((event) => event.seq === seq)?.key ?? `event:${seq}`;
    const one = { number: batch.number, key, seq, why: `separation of duties: ${message}` };
    await noteForgeries(db, [one]);
    broken.push(one);
    return recordBroken(db, { ...batch, outcast: new Set([...(batch.outcast ?? []), seq]) }, broken);
  }
}
