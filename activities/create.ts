/** All activities of a worker, from their dependencies. */
import type { Db } from '../db/database.ts';
import type { Batch } from '../db/record.ts';
import type { Ports } from '../workflows/kit/ports.ts';
import { createEffects } from './effects.ts';
import { createRecord } from './record.ts';

export interface ActivityDependencies {
  readonly db: Db;
  readonly recordInOrder: (batch: Batch) => Promise<number>;
}

export function createActivities({ db, recordInOrder }: ActivityDependencies): Ports {
  return { ...createRecord(recordInOrder), ...createEffects(db) };
}
