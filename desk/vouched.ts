/** Recording with the question who said it: what the desk itself and the repair of a record share. */
import type { Batch } from '../db/record.ts';
import type { Carrier } from './carry.ts';
import { recordDoubted } from './record.ts';
import { forgeriesIn } from './vouch.ts';

/** @throws GapError, RecordConflict, or the database's error */
export function recordVouched({ db, sealKeys }: Pick<Carrier, 'db' | 'sealKeys'>, batch: Batch): Promise<number> {
  return recordDoubted(db, batch, ({ number, events }) => forgeriesIn(db, sealKeys, number, events));
}
