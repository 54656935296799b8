/** The workflow's own recorder: breaches, rungs, verdicts of signals, what follows an awaited activity. */
import { ApplicationFailure } from '@temporalio/common';
import { RecordConflict, type Batch } from '../db/record.ts';
import type { RecordPort } from '../workflows/kit/ports.ts';

/** `recordInOrder` is handed in: on a gap it needs the case's history, hence a client. */
export function createRecord(recordInOrder: (batch: Batch) => Promise<number>): RecordPort {
  return {
    async record(batch) {
      try {
        await recordInOrder(batch);
      } catch (error) {
        // Trying again changes nothing; the case is marked, operators decide. Its flow goes on: history holds the truth.
        if (error instanceof RecordConflict) return;
        throw ApplicationFailure.retryable((error as Error).message, 'record-failed');
      }
    },
  };
}
